import OfframpFiles

/// The labelled rows of a file in memory, for training and evaluation.
package struct Dataset: Sendable {
    /// One labelled row.
    package struct Row: Sendable, Equatable {
        /// The text.
        package let text: String
        /// The second text of a pair.
        package let pair: String?
        /// What the model should answer.
        package let target: Target

        /// Makes a row from its parts.
        package init(text: String, pair: String? = nil, target: Target) {
            self.text = text
            self.pair = pair
            self.target = target
        }
    }

    /// What errors call the file.
    package let name: String
    /// The labels, or that the targets are numbers.
    package let kind: TargetKind
    /// The good rows in the file's order.
    package let rows: [Row]
    /// What is wrong with the other rows, in the file's order.
    package let badRows: [OfframpError]

    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - format: `nil` takes the file's ending.
    ///   - columns: which columns hold what.
    ///   - kind: the model's labels; `nil` collects them from the file.
    /// - Throws: `OfframpError` when `RowReader` refuses the file, there is no label column, no
    ///   row, or no good row. Single bad rows are kept in `badRows`.
    package init(
        path: String, format: DataFormat? = nil, columns: ColumnChoice = .recognised,
        kind: TargetKind? = nil
    ) throws {
        var reader = try RowReader(path: path, format: format, columns: columns)
        guard let column = reader.labelColumn else { throw Self.noLabels(reader) }
        var read: [Result<OfframpData.Row, OfframpError>] = []
        while let row = try reader.next() {
            read.append(row.map(\.withoutFields).mapError(\.error))
        }
        let name = reader.name
        if read.isEmpty { throw Self.noRows(name, []) }
        let targetKind = try kind ?? Self.kind(of: read, name)
        let labelled = read.map { row in
            Result { () throws(OfframpError) in
                let row = try row.get()
                return try Self.labelled(row, targetKind, place: "\(name):\(row.line)", column)
            }
        }
        self.name = name
        self.kind = targetKind
        rows = labelled.compactMap { try? $0.get() }
        badRows = labelled.compactMap(\.failure)
        if rows.isEmpty { throw Self.noRows(name, badRows) }
    }

    /// A data set of rows that are already in memory.
    package init(name: String, kind: TargetKind, rows: [Row]) {
        (self.name, self.kind, self.rows, badRows) = (name, kind, rows, [])
    }

    /// The same data, when every row is good.
    ///
    /// - Throws: `OfframpError` (`data`): the first bad row, and how many more there are.
    package func refusingBadRows() throws -> Dataset {
        guard let first = badRows.first else { return self }
        let others = badRows.count > 1 ? " (and \(badRows.count - 1) more bad rows)" : ""
        throw OfframpError(
            first.kind, at: first.place, found: first.found, expected: first.expected + others)
    }
}

extension Dataset {
    private static func labelled(
        _ row: OfframpData.Row, _ kind: TargetKind, place: String, _ column: String
    ) throws(OfframpError) -> Row {
        guard let target = row.label.flatMap(kind.target) else {
            throw OfframpError(
                .data, at: "\(place), column \(quoted(column))",
                found: row.label.map(quoted) ?? "no label", expected: kind.allowed)
        }
        return Row(text: row.text, pair: row.pair, target: target)
    }

    private static func kind(
        of rows: [Result<OfframpData.Row, OfframpError>], _ name: String
    ) throws -> TargetKind {
        let labels = rows.compactMap { try? $0.get().label }
        if Set(labels).count > 1 { return try TargetKind(occurringIn: labels) }
        let badRows = rows.compactMap(\.failure)
        if badRows.count == rows.count { throw noRows(name, badRows) }
        throw OfframpError(
            .data, at: name, found: labels.first.map { "one label, \(quoted($0))" } ?? "no label",
            expected: "at least two different ones")
    }

    private static func noLabels(_ reader: borrowing RowReader) -> OfframpError {
        OfframpError(
            .data, at: reader.name,
            found: "the columns \(reader.columns.map(quoted).joined(separator: ", "))",
            expected: "a column with labels, or its name or number with --label-column")
    }

    private static func noRows(_ name: String, _ badRows: [OfframpError]) -> OfframpError {
        guard let first = badRows.first else {
            return OfframpError(
                .data, at: name, found: "a header and no rows", expected: "at least one row")
        }
        return OfframpError(
            first.kind, at: first.place, found: first.found,
            expected: first.expected + " (and no row is good)")
    }
}

extension OfframpData.Row {
    /// Drops the fields, which are only needed to write labelled rows.
    fileprivate var withoutFields: Self { Self(line: line, text: text, pair: pair, label: label) }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
