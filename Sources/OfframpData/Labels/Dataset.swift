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
    ///   - separator: what stands between the labels of a row that may have several; `nil` where only
    ///     JSON's lists are lists.
    ///   - kind: the model's labels; `nil` collects them from the file.
    ///   - names: the labels where `kind` is `nil` and the file is to say only whether a row may have
    ///     several.
    /// - Throws: `OfframpError` when `RowReader` refuses the file, there is no label column, no
    ///   row, or no good row. Single bad rows are kept in `badRows`.
    package init(
        path: String, format: DataFormat? = nil, columns: ColumnChoice = .recognised,
        separator: Character? = nil, kind: TargetKind? = nil,
        names: LabelSet? = nil
    ) throws {
        var reader = try RowReader(path: path, format: format, columns: columns)
        guard let column = reader.labelColumn else { throw Self.noLabels(reader) }
        var read: [Result<OfframpData.Row, OfframpError>] = []
        while let row = try reader.next() {
            read.append(row.map(\.withoutFields).mapError(\.error))
        }
        let name = reader.name
        if read.isEmpty { throw Self.noRows(name, []) }
        let targetKind =
            try kind ?? names.map { Self.kind(of: read, separator, $0) }
            ?? Self.kind(of: read, separator, name)
        let labelled = read.map { row in
            Result { () throws(OfframpError) in
                let row = try row.get()
                return try Self.labelled(
                    row, targetKind, separator, place: "\(name):\(row.line)", column)
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
        _ row: OfframpData.Row, _ kind: TargetKind, _ separator: Character?, place: String,
        _ column: String
    ) throws(OfframpError) -> Row {
        guard let target = kind.target(row.label, separator: separator) else {
            throw OfframpError(
                .data, at: "\(place), column \(quoted(column))",
                found: row.label?.quotedText ?? "no label",
                expected: kind.allowed(separator: separator))
        }
        return Row(text: row.text, pair: row.pair, target: target)
    }

    private static func kind(
        of rows: [Result<OfframpData.Row, OfframpError>], _ separator: Character?, _ name: String
    ) throws -> TargetKind {
        let labels = rows.compactMap { try? $0.get().label }
        if Set(labels).count > 1 {
            try checkLists(labels, separator, name)
            return try TargetKind(occurringIn: labels, separator: separator)
        }
        let badRows = rows.compactMap(\.failure)
        if badRows.count == rows.count { throw noRows(name, badRows) }
        throw OfframpError(
            .data, at: name,
            found: labels.first.map { "one label, \($0.quotedText)" } ?? "no label",
            expected: "at least two different ones")
    }

    private static func kind(
        of rows: [Result<OfframpData.Row, OfframpError>], _ separator: Character?,
        _ names: LabelSet
    ) -> TargetKind {
        let hasLists = rows.contains { row in
            (try? row.get().label?.parts(separator: separator)) != nil
        }
        return hasLists ? .labelSets(names) : .labels(names)
    }

    /// Refuses lists that would be read as one label each, and single labels that would be read as lists.
    private static func checkLists(
        _ labels: [WrittenLabel], _ separator: Character?, _ name: String
    ) throws {
        let lists = labels.compactMap { $0.parts(separator: separator) }
        if let separator, lists.allSatisfy({ $0.count <= 1 }) {
            throw OfframpError(
                .data, at: name, found: "no row with several labels",
                expected: "some with \(quoted(String(separator))) between them, or no "
                    + "--label-separator")
        }
        guard lists.isEmpty else { return }
        let single = Set(labels.compactMap(\.text))
        for separator in [",", ";", "|"] as [Character] {
            let joined = single.first { label in
                let parts = label.split(separator: separator)
                return parts.count > 1 && parts.allSatisfy { single.contains(String($0)) }
            }
            guard let joined else { continue }
            throw OfframpError(
                .data, at: name,
                found: "the label \(quoted(joined)) beside those that it is made of",
                expected: "--label-separator '\(separator)' for several labels in a row"
                    + (separator == "," ? "" : ", or --labels with all names"))
        }
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
