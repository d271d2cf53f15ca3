import OfframpFiles

/// Writes labelled rows: the input's own fields, then the added columns.
///
/// The new names always mean the model's answer. An input column of such a name is kept as
/// `input_<name>`: the right labels in `label` become `input_label`. A row that could not be labelled
/// has an `error` instead of an answer, so that the output has a row for every row of the input.
package struct ResultWriter: ~Copyable {
    private let format: DataFormat
    private let names: OutputNames
    private let added: [AddedColumn]
    private var output: CompressedFile

    /// Opens a file and writes the header line, if the format has one.
    ///
    /// - Parameters:
    ///   - path: a file, or `-` for standard output; one that ends with `.gz` or `.zst` is compressed.
    ///   - overwriting: whether a file of that name may be replaced.
    ///   - format: `tsv`, `csv` or `jsonl`, or `fasttext`, which has room for labels and texts alone.
    ///   - columns: the input's columns, `RowReader.columns`.
    ///   - added: what is written beside them, in this order.
    ///   - hasHeader: whether a table begins with the names of its columns.
    /// - Throws: `OfframpError`: `usage` for plain lines, which have no columns, and for a file that may
    ///   not be replaced, `io`.
    package init(
        path: String, overwriting: Bool, format: DataFormat, columns: [String],
        added: [AddedColumn] = AddedColumn.usual, hasHeader: Bool = true
    ) throws {
        guard format != .text else {
            throw OfframpError(
                .usage, at: "output", found: "plain lines",
                expected: "one of tsv csv jsonl fasttext")
        }
        var output = CompressedFile(
            try OutputFile(path: path, overwriting: overwriting), Compression(path: path))
        let names = OutputNames(columns, added: added)
        if format.isTable, hasHeader {
            try output.write(format.line(names.columns + added.map(\.rawValue)))
        }
        (self.format, self.names, self.added) = (format, names, added)
        self.output = output
    }

    /// Writes a row with its answer.
    ///
    /// - Parameter answer: the value of each added column but the error.
    /// - Returns: the names of fields that could not be written: a table has the columns of the first row.
    /// - Throws: `OfframpError` (`io`).
    @discardableResult
    package mutating func write(
        _ row: Row, _ answer: (AddedColumn) -> JSON
    ) throws -> [String] {
        guard format != .fastText else {
            try writeTagged(row.texts, answer(.label))
            return []
        }
        return try write(row.fields, answer, error: row.fault?.description)
    }

    /// Writes a row that could not be labelled, with the fields that could be read.
    ///
    /// - Returns: as for other rows.
    /// - Throws: `OfframpError` (`io`).
    @discardableResult
    package mutating func write(_ row: BadRow) throws -> [String] {
        guard format != .fastText else {
            try writeTagged(row.texts, .null)
            return []
        }
        return try write(row.fields, { _ in .null }, error: row.error.description)
    }

    /// A line of fastText's; an empty one for a row that could not be read.
    private mutating func writeTagged(_ texts: [String], _ label: JSON) throws {
        let labels = label.elements.map { $0.map(\.cell) } ?? (label == .null ? [] : [label.cell])
        let line = FastTextLine.written(texts.joined(separator: " "), labels: labels)
        try output.write(DataFormat.withoutLineEnds(line) + "\n")
    }

    /// Writes what is buffered, so that the reader of a pipe sees it now.
    ///
    /// - Throws: `OfframpError` (`io`).
    package mutating func flush() throws { try output.flush() }

    /// Completes the file and gives it its name.
    ///
    /// - Throws: `OfframpError` (`io`); an old file is then untouched.
    package consuming func finish() throws { try output.commit() }

    private mutating func write(
        _ fields: [JSON.Member], _ answer: (AddedColumn) -> JSON, error: String?
    ) throws -> [String] {
        func values(_ error: String?) -> [JSON] {
            added.map { $0 == .error ? error.map { .string($0) } ?? .null : answer($0) }
        }
        guard format.isTable else {
            let own = fields.map { JSON.Member(names.outputName($0.key), $0.value) }
            let answer = zip(added, values(error)).map { JSON.Member($0.rawValue, $1) }
            try output.write(JSON.object(own + answer).text() + "\n")
            return []
        }
        let (own, lost) = names.cells(fields)
        let error = [error, Self.note(lost)].compactMap(\.self).joined(separator: "; ")
        try output.write(format.line((own + values(error)).map(\.cell)))
        return lost
    }

    private static func note(_ lost: [String]) -> String? {
        guard !lost.isEmpty else { return nil }
        let names = lost.map(quoted).joined(separator: ", ")
        return "not written, no column in the first row: \(names)"
    }
}

extension JSON {
    /// The value as a cell of a table: nothing for null, texts without quotes, lists with
    /// commas.
    fileprivate var cell: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .array(let elements): elements.map(\.cell).joined(separator: ",")
        default: text()
        }
    }
}
