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
    /// What a user should know of how the file was read.
    package let notes: [String]

    /// Reads whole files, one behind the other.
    ///
    /// - Parameters:
    ///   - paths: files, at least one, or `-` for standard input.
    ///   - options: how they are read.
    ///   - separator: what stands between the labels of a row that may have several; `nil` where only
    ///     JSON's lists are lists.
    ///   - labels: what is known of the labels.
    /// - Throws: `OfframpError` when `RowReader` refuses a file, there is no label column, no
    ///   row, or no good row. Single bad rows are kept in `badRows`.
    package init(
        _ paths: [String], _ options: ReadingOptions = ReadingOptions(),
        separator: Character? = nil, labels: KnownLabels = .none
    ) throws {
        var files = try RowFiles(paths, options)
        let read = try Self.read(&files)
        let name = files.name + (paths.count > 1 ? " and other files" : "")
        if read.isEmpty { throw Self.noRows(name, []) }
        let column = LabelColumn(read)
        let kind = try Self.kind(column, separator, labels, name)
        let labelled = column.rows.map { row in
            Result { () throws(OfframpError) in try Self.labelled(row.get(), kind, separator) }
        }
        self.name = name
        self.kind = kind
        rows = labelled.compactMap(\.good)
        badRows = labelled.compactMap(\.failure)
        notes = files.takeNotes() + column.notes
        if rows.isEmpty { throw Self.noRows(name, badRows) }
    }

    /// A data set of rows that are already in memory.
    package init(name: String, kind: TargetKind, rows: [Row]) {
        (self.name, self.kind, self.rows) = (name, kind, rows)
        (badRows, notes) = ([], [])
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

/// What is known of a file's labels before it is read.
package enum KnownLabels: Sendable, Equatable {
    /// A model's: the file's must be among them.
    case model(TargetKind)
    /// The names, where the file says only whether a row may have several.
    case names(LabelSet)
    /// The kind of task.
    case task(TargetKind.Name)
    /// Nothing.
    case none

    /// A model's labels, as far as it has some.
    package init(_ kind: TargetKind?) { self = kind.map(Self.model) ?? .none }
}

extension Dataset {
    /// Reads rows with their places.
    private static func read(_ files: inout RowFiles) throws -> [LabelColumn.ReadRow] {
        var read: [LabelColumn.ReadRow] = []
        while let row = try files.next() {
            guard let column = files.labelColumn else { throw noLabels(files) }
            let isTagged = files.format == .fastText
            read.append(
                row.map { row in
                    LabelledRow(
                        text: row.text, pair: row.pair, label: row.label,
                        place: row.place, column: column, isTagged: isTagged, fault: row.fault)
                }.mapError(\.error))
        }
        return read
    }

    private static func labelled(
        _ row: LabelledRow, _ kind: TargetKind, _ separator: Character?
    ) throws(OfframpError) -> Row {
        guard let target = kind.target(row.label, separator: separator) else {
            if row.label == nil, let fault = row.fault { throw fault }
            throw OfframpError(
                .data, at: "\(row.place), column \(quoted(row.column))",
                found: row.label?.quotedText ?? "no label",
                expected: kind.allowed(separator: separator))
        }
        return Row(text: row.text, pair: row.pair, target: target)
    }

    private static func kind(
        _ column: LabelColumn, _ separator: Character?, _ known: KnownLabels, _ name: String
    ) throws -> TargetKind {
        let labels = column.labels
        switch known {
        case .model(let kind): return kind
        case .names(let names):
            let hasLists = labels.contains { $0.parts(separator: separator) != nil }
            return hasLists ? .labelSets(names) : .labels(names)
        case .task(let task):
            try checkVariety(column, name)
            return try TargetKind(occurringIn: labels, separator: separator, as: task)
        case .none:
            try checkVariety(column, name)
            try checkLists(labels, separator, name)
            return try TargetKind(occurringIn: labels, separator: separator)
        }
    }

    /// Refuses a file with one label only.
    private static func checkVariety(_ column: LabelColumn, _ name: String) throws {
        let labels = column.labels
        guard Set(labels).count < 2 else { return }
        let badRows = column.rows.compactMap(\.failure)
        if badRows.count == column.rows.count { throw noRows(name, badRows) }
        throw OfframpError(
            .data, at: name,
            found: labels.first.map { "one label, \($0.quotedText)" } ?? "no label",
            expected: "at least two different ones")
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

    private static func noLabels(_ files: borrowing RowFiles) -> OfframpError {
        OfframpError(
            .data, at: files.name,
            found: "the columns \(files.columns.map(quoted).joined(separator: ", "))",
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
