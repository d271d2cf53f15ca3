import OfframpFiles

/// Reads the rows of a data file one by one, in memory for one row.
///
/// A bad row (the wrong number of columns, broken quotes, bytes that are not UTF-8, no text) is a
/// `.failure` with its line, and reading goes on after it. Blank lines are rows with an empty text
/// where a row is one text (`txt`, tables of one column); elsewhere they are skipped.
public struct RowReader: ~Copyable, Sendable {
    /// What errors call the file: its path, or `standard input`.
    public let name: String
    /// The format that is read.
    public let format: DataFormat
    /// The names of the input's columns: from the header, the first JSON object, or
    /// `column1`, `column2`, … in a file without a header.
    public let columns: [String]

    private let roles: ColumnRoles
    private var records: RecordReader
    private var first: Record?

    /// Opens a file and finds its columns in its first row.
    ///
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - format: `nil` takes the file's ending; standard input is then plain lines.
    ///   - choice: which columns hold what.
    /// - Throws: `OfframpError`: `noInput` without the file, `data` for an empty file, a bad first
    ///   row or a missing column, `usage` for an unknown ending or a column number out of range.
    public init(
        path: String, format: DataFormat? = nil, columns choice: ColumnChoice = .recognised
    ) throws {
        let format = try format ?? (path == "-" ? .text : DataFormat(path: path))
        var records = try RecordReader(path: path, format: format)
        let record = try Self.firstRecord(&records)
        let header = try Header(record, format: format, choice: choice, place: records.name)
        self.format = format
        name = records.name
        columns = header.names
        roles = header.roles
        first = header.isHeaderLine ? nil : record
        self.records = records
    }

    /// The column that holds the labels; `nil` when there is none.
    public var labelColumn: String? { roles.label }

    /// How much of the file has been read, 0 to 1; `nil` where nobody knows its size.
    public var shareRead: Double? { records.shareRead }

    /// Whether there is more to read without waiting for whoever writes the input.
    public var hasBufferedRow: Bool { first != nil || records.hasBufferedLine }

    /// The next row, or what is wrong with it; `nil` at the end.
    ///
    /// - Throws: `OfframpError` (`io`) when reading fails.
    public mutating func next() throws -> Result<Row, OfframpError>? {
        if let record = first.take() { return row(record) }
        while let record = try records.next() {
            switch record {
            case .failure(let error): return .failure(error)
            case .success(let record):
                if record.isBlank, columns.count != 1 || format == .jsonl { continue }
                return row(record)
            }
        }
        return nil
    }

    private static func firstRecord(_ records: inout RecordReader) throws -> Record {
        while let record = try records.next() {
            let record = try record.get()
            if records.format == .text || !record.isBlank { return record }
        }
        throw OfframpError(
            .data, at: records.name, found: "an empty file", expected: "at least one row")
    }

    private func row(_ record: Record) -> Result<Row, OfframpError> {
        Result { () throws(OfframpError) in
            let fields = try members(record)
            return Row(
                line: records.line, text: try text(roles.text, fields),
                pair: try roles.pair.map { name throws(OfframpError) in try text(name, fields) },
                label: try label(fields), fields: fields)
        }
    }

    private func members(_ record: Record) throws(OfframpError) -> [JSON.Member] {
        switch record {
        case .object(let members): return members
        case .fields(let fields):
            guard fields.count == columns.count else {
                throw error(
                    found: fields.count == 1 ? "1 column" : "\(fields.count) columns",
                    expected: "\(columns.count) as in the first row")
            }
            return zip(columns, fields).map { JSON.Member($0, .string($1)) }
        }
    }

    private func text(_ name: String, _ fields: [JSON.Member]) throws(OfframpError) -> String {
        let value = fields.first { $0.key == name }?.value
        if let text = value?.string { return text }
        throw error(column: name, found: value?.text() ?? "no value", expected: "a text")
    }

    private func label(_ fields: [JSON.Member]) throws(OfframpError) -> String? {
        guard let name = roles.label, let value = fields.first(where: { $0.key == name })?.value
        else { return nil }
        switch value {
        case .null, .string(""): return nil
        case .string(let text), .number(let text): return text
        case .bool(let value): return "\(value)"
        case .array, .object:
            throw error(column: name, found: value.text(), expected: "a text or a number")
        }
    }

    private func error(column: String? = nil, found: String, expected: String) -> OfframpError {
        let column = column.map { ", column \(quoted($0))" } ?? ""
        return OfframpError(
            .data, at: "\(name):\(records.line)\(column)", found: found, expected: expected)
    }
}
