import OfframpFiles

/// Reads the rows of a data file one by one, with memory for one.
///
/// A bad row (the wrong number of columns, broken quotes, bytes that are not UTF-8, no text) is a
/// `.failure` with its line, and reading continues after it. Blank lines are rows with an empty text
/// where a row is a single text (`txt`, tables of one column) and are skipped elsewhere. The first
/// row of a table must be good, because it names the columns.
package struct RowReader: ~Copyable, Sendable {
    /// The file's name in errors: its path, or `standard input`.
    package let name: String
    /// The format that is read.
    package let format: DataFormat
    /// The names of the input's columns: from the header, the first JSON object, or
    /// `column1`, `column2`, … in a file without a header.
    package let columns: [String]

    private let roles: ColumnRoles
    private var records: RecordReader
    /// What is wrong with rows before the first one.
    private var early: [OfframpError]
    private var first: Record?

    /// Opens a file and finds its columns in its first row.
    ///
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - format: `nil` takes the file's ending; standard input is then plain lines.
    ///   - choice: the columns that the user chose.
    /// - Throws: `OfframpError`: `noInput` without the file, `data` for an empty file, a table's bad
    ///   first row, bad objects alone or a missing column, `usage` for an unknown ending or a column
    ///   number out of range.
    package init(
        path: String, format: DataFormat? = nil, columns choice: ColumnChoice = .recognised
    ) throws {
        let format = try format ?? (path == "-" ? .text : DataFormat(path: path, or: "--format"))
        var records = try RecordReader(path: path, format: format)
        let (record, early) = try Self.start(of: &records)
        let header = try Header(
            record ?? .fields([]), format: format, choice: choice, place: records.name)
        self.format = format
        name = records.name
        columns = header.names
        roles = header.roles
        (first, self.early) = (header.isHeaderLine ? nil : record, early)
        self.records = records
    }

    /// The column that holds the labels; `nil` when there is none.
    package var labelColumn: String? { roles.label }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    package var shareRead: Double? { records.shareRead }

    /// Whether the next row can be read without waiting for more input.
    package var hasBufferedRow: Bool {
        !early.isEmpty || first != nil || records.hasBufferedLine
    }

    /// The next row, or what is wrong with it; `nil` at the end.
    ///
    /// - Throws: `OfframpError` (`io`) when reading fails.
    package mutating func next() throws -> Result<Row, BadRow>? {
        if !early.isEmpty { return .failure(BadRow(early.removeFirst())) }
        if let record = first.take() { return row(record) }
        while let record = try records.next() {
            switch record {
            case .failure(let error): return .failure(BadRow(error))
            case .success(let record):
                if record.isBlank, columns.count != 1 || format == .jsonl { continue }
                return row(record)
            }
        }
        return nil
    }

    /// How many bad objects may come before the first good one, which names the columns.
    private static let mostEarly = 1000

    /// The first record that is good, and what is wrong with those before it.
    ///
    /// The first row of a table names the columns, so it must be good; plain lines have no columns.
    private static func start(
        of records: inout RecordReader
    ) throws -> (first: Record?, early: [OfframpError]) {
        var early: [OfframpError] = []
        while let record = try records.next() {
            switch record {
            case .success(let record):
                if records.format == .text || !record.isBlank { return (record, early) }
            case .failure(let error) where records.format == .text: return (nil, [error])
            case .failure(let error):
                guard records.format == .jsonl, early.count < mostEarly else {
                    throw early.first ?? error
                }
                early.append(error)
            }
        }
        throw early.first
            ?? OfframpError(
                .data, at: records.name, found: "an empty file", expected: "at least one row")
    }

    private func row(_ record: Record) -> Result<Row, BadRow> {
        let fields = members(record)
        return Result { () throws(OfframpError) in
            try checkCount(record)
            return Row(
                line: records.line, text: try text(roles.text, fields),
                pair: try roles.pair.map { name throws(OfframpError) in try text(name, fields) },
                label: try label(fields), fields: fields)
        }.mapError { BadRow($0, fields: fields) }
    }

    /// The fields under their columns' names; those beyond the last column have none.
    private func members(_ record: Record) -> [JSON.Member] {
        switch record {
        case .object(let members): members
        case .fields(let fields): zip(columns, fields).map { JSON.Member($0, .string($1)) }
        }
    }

    private func checkCount(_ record: Record) throws(OfframpError) {
        guard case .fields(let fields) = record, fields.count != columns.count else { return }
        throw error(
            found: fields.count == 1 ? "1 column" : "\(fields.count) columns",
            expected: "\(columns.count) as in the first row")
    }

    private func text(_ name: String, _ fields: [JSON.Member]) throws(OfframpError) -> String {
        let value = fields.first { $0.key == name }?.value
        if let text = value?.string { return text }
        throw error(column: name, found: value?.text() ?? "no value", expected: "a text")
    }

    private func label(_ fields: [JSON.Member]) throws(OfframpError) -> WrittenLabel? {
        guard let name = roles.label, let value = fields.first(where: { $0.key == name })?.value
        else { return nil }
        switch value {
        case .null, .string(""): return nil
        case .array(let elements):
            let labels = elements.compactMap(Self.label)
            if labels.count == elements.count { return .list(labels) }
        case .string, .number, .bool: if let label = Self.label(value) { return .text(label) }
        case .object: break
        }
        throw error(
            column: name, found: value.text(), expected: "a text or a number, or a list of them")
    }

    private static func label(_ value: JSON) -> String? {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let value): "\(value)"
        default: nil
        }
    }

    private func error(column: String? = nil, found: String, expected: String) -> OfframpError {
        let column = column.map { ", column \(quoted($0))" } ?? ""
        return OfframpError(
            .data, at: "\(name):\(records.line)\(column)", found: found, expected: expected)
    }
}
