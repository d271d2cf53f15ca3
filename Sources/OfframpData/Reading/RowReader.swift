import OfframpFiles

/// Reads the rows of a data file one by one, with memory for one.
///
/// A bad row (the wrong number of columns, broken quotes, a text that is not UTF-8, no text) is a
/// `.failure` with its line, and reading continues after it. Blank lines are rows with an empty text
/// where a row is a single text (`txt`, tables of one column) and are skipped elsewhere. The first
/// row of a table must be good, because it names the columns.
package struct RowReader: ~Copyable {
    /// The file's name in errors: its path, or `standard input`.
    package let name: String
    /// The format that is read.
    package let format: DataFormat
    /// The names of the input's columns: from the header, the first JSON object, or
    /// `column1`, `column2`, … in a file without a header.
    package let columns: [String]

    private let roles: ColumnRoles
    private var records: RecordReader
    /// What a user should know of how the columns are read.
    private var notes: [String]
    /// What is wrong with rows before the first one.
    private var early: [OfframpError]
    private var first: Record?

    /// Opens a file and finds its columns in its first row.
    ///
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - options: how it is read; standard input without a format is plain lines.
    /// - Throws: `OfframpError`: `noInput` without the file, `data` for an empty file, a table's bad
    ///   first row, bad objects or bad lines of fastText's alone, or a missing column, `usage` for an
    ///   unknown ending or a column number out of range.
    package init(
        path: String, _ options: ReadingOptions = ReadingOptions()
    ) throws {
        let choice = options.columns
        let format =
            try options.format ?? (path == "-" ? .text : DataFormat(path: path, or: "--format"))
        guard format.isTable || options.dialect == .recognised else {
            throw OfframpError(
                .usage, at: path, found: "--separator or --quoting with \(format.rawValue)",
                expected: "a table: csv or tsv")
        }
        var records = try RecordReader.opening(path, format, options.dialect, choice)
        let (record, early) = try Self.start(of: &records)
        let header = try Header(
            record ?? Record(.cells([])), records.format, choice: choice, place: records.name)
        notes = [
            record.flatMap {
                Header.note($0, choice: choice, place: "\(records.name):\(records.line)")
            }
        ].compactMap(\.self)
        self.format = records.format
        name = records.name
        columns = header.names
        roles = options.readsLabels ? header.roles : header.roles.withoutLabel
        (first, self.early) = (header.isHeaderLine ? nil : record, early)
        self.records = records
    }

    /// The column that holds the labels; `nil` when there is none.
    package var labelColumn: String? { roles.label }

    /// What a user should know of how the file is read, as far as it was not taken before.
    package mutating func takeNotes() -> [String] {
        defer { notes = [] }
        return records.takeNotes() + notes
    }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    package var shareRead: Double? { records.shareRead }

    /// Whether the next row can be read without waiting for more input.
    package var hasBufferedRow: Bool {
        !early.isEmpty || first != nil || records.hasBufferedLine
    }

    /// The next row, or what is wrong with it; `nil` at the end.
    ///
    /// - Throws: `OfframpError`: `io` when reading fails, `data` for a file that ends early.
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

    /// How many bad rows may come before the first good one, where it need not be the first of all.
    private static let mostEarly = 1000

    /// The first record that is good, and what is wrong with those before it.
    ///
    /// The first row of a table names the columns, so it must be good; of objects the first good one does. Plain lines
    /// have no columns, and those of fastText's are always the same.
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
                guard !records.format.isTable, early.count < mostEarly else {
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
                file: records.name, line: records.line,
                text: try text(roles.text, fields, record.fault),
                pair: try roles.pair.map { name throws(OfframpError) in
                    try text(name, fields, record.fault)
                },
                label: try label(fields), fields: fields, fault: record.fault)
        }.mapError { BadRow($0, fields: fields) }
    }

    /// The fields under their columns' names; those beyond the last column have none.
    private func members(_ record: Record) -> [JSON.Member] {
        switch record.content {
        case .members(let members): members
        case .cells(let cells):
            zip(columns, cells).map { JSON.Member($0, $1.map { .string($0) } ?? .null) }
        case .tagged(let line):
            [
                JSON.Member(columns[0], .string(line.text)),
                JSON.Member(columns[1], .array(line.labels.map { .string($0) })),
            ]
        }
    }

    private func checkCount(_ record: Record) throws(OfframpError) {
        guard case .cells(let cells) = record.content, cells.count != columns.count else { return }
        let isCut = format == .tsv && (cells.last ?? nil)?.hasPrefix("\"") ?? false
        throw error(
            found: cells.count == 1 ? "1 column" : "\(cells.count) columns",
            expected: "\(columns.count) as in the first row"
                + (isCut ? "; fields with line ends in quotes need --quoting csv" : ""))
    }

    private func text(
        _ name: String, _ fields: [JSON.Member], _ fault: OfframpError?
    ) throws(OfframpError) -> String {
        let value = fields.first { $0.key == name }?.value
        if let text = value?.string { return text }
        if let fault, value == .null { throw fault }
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
