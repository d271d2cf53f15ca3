/// Looks labelled files over before anything is learned from them or measured on them.
package struct DataCheck: Sendable {
    /// How many rows could be read.
    package let rowCount: Int
    /// Every label with its rows, the most frequent first; none for numbers.
    package let labels: [(name: String, rows: Int)]
    /// What was found, the worst first.
    package let findings: [DataFinding]
    /// What a user should know of how the files were read.
    package let notes: [String]

    /// A label needs so many rows for a part to learn from and one to choose by.
    package static let fewestRows = 5

    /// Checks whole files.
    ///
    /// - Parameters:
    ///   - train: the files to check.
    ///   - dev: files that must not hold any of their texts.
    ///   - separator: what stands between the labels of a row that may have several.
    ///   - isTooLong: whether a model would cut a text or pair; `nil` where that is not asked.
    /// - Throws: `OfframpError` as `RowReader` does.
    package init(
        _ train: [String], dev: [String] = [], _ options: ReadingOptions = ReadingOptions(),
        separator: Character? = nil, isTooLong: ((String, String?) -> Bool)? = nil
    ) throws {
        var notes: [String] = []
        let (rows, bad) = try CheckedRow.read(train, options, notes: &notes)
        let (measured, badMeasured) = try CheckedRow.read(dev, options, notes: &notes)
        let written = rows.compactMap(\.label)
        let kind = try? TargetKind(occurringIn: written, separator: separator)
        let labels = Self.counted(written, kind, separator)
        let repeated = Self.repeated(rows) { CheckedAnswer($0.label, kind, separator) }
        let found =
            Self.unreadable(bad + badMeasured) + repeated + Self.leaks(rows, measured)
            + Self.single(rows, isTooLong) + Self.rare(labels)
        let order = DataFinding.Kind.allCases
        self.labels = labels
        self.notes = notes
        rowCount = rows.count
        findings = order.flatMap { kind in found.filter { $0.kind == kind } }
    }

    private static func unreadable(_ rows: [BadRow]) -> [DataFinding] {
        rows.map {
            DataFinding(kind: .unreadable, places: [$0.error.place], detail: "\($0.error)")
        }
    }

    private static func counted(
        _ written: [WrittenLabel], _ kind: TargetKind?, _ separator: Character?
    ) -> [(name: String, rows: Int)] {
        guard let kind, kind.name != .regression else { return [] }
        var counts: [String: Int] = [:]
        for label in written {
            for name in label.parts(separator: separator) ?? [label.text].compactMap(\.self) {
                counts[name, default: 0] += 1
            }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// Texts that stand more than once: duplicates under one label, contradictions under several.
    private static func repeated(
        _ rows: [CheckedRow], _ answer: (CheckedRow) -> CheckedAnswer
    ) -> [DataFinding] {
        groups(rows).filter { $0.count > 1 && $0[0].key != "" }.map { group in
            let first = answer(group[0])
            let isSame = group.dropFirst().allSatisfy { answer($0) == first }
            return DataFinding(
                kind: isSame ? .duplicate : .contradiction, places: group.map(\.place),
                detail: group[0].text)
        }
    }

    /// Texts on both sides.
    private static func leaks(_ rows: [CheckedRow], _ measured: [CheckedRow]) -> [DataFinding] {
        let known = Dictionary(grouping: measured, by: \.key)
        return groups(rows).compactMap { group in
            known[group[0].key].map {
                DataFinding(
                    kind: .leak, places: (group + $0).map(\.place), detail: group[0].text)
            }
        }
    }

    /// What is wrong with rows by themselves.
    private static func single(
        _ rows: [CheckedRow], _ isTooLong: ((String, String?) -> Bool)?
    ) -> [DataFinding] {
        let hasLabels = rows.contains { $0.label != nil }
        return rows.flatMap { row -> [DataFinding] in
            let kinds: [DataFinding.Kind?] = [
                row.key == "" ? .empty : nil,
                hasLabels && row.label == nil ? .unlabelled : nil,
                isTooLong?(row.text, row.pair) ?? false ? .tooLong : nil,
            ]
            return kinds.compactMap(\.self).map {
                DataFinding(kind: $0, places: [row.place], detail: row.text)
            }
        }
    }

    private static func rare(_ labels: [(name: String, rows: Int)]) -> [DataFinding] {
        labels.filter { $0.rows < fewestRows }.map {
            DataFinding(kind: .rareLabel, places: [], detail: "\($0.name): \($0.rows)")
        }
    }

    /// Rows of the same text together, in the order of the file.
    private static func groups(_ rows: [CheckedRow]) -> [[CheckedRow]] {
        var index: [String: Int] = [:]
        var groups: [[CheckedRow]] = []
        for row in rows {
            if let known = index[row.key] {
                groups[known].append(row)
            } else {
                index[row.key] = groups.count
                groups.append([row])
            }
        }
        return groups
    }
}
