import OfframpFiles

/// The labels of a classifier in the order of its logits.
package struct LabelSet: Sendable, Equatable {
    /// The names, by the labels' indices.
    package let names: [String]
    private let indices: [String: Int]
    /// With names such as "1" to "5" an index would be ambiguous, so only names are accepted.
    private let acceptsIndices: Bool

    /// Takes the names in the order of the logits.
    ///
    /// - Throws: `OfframpError` (`usage`) for fewer than two names, an empty name or a duplicate.
    package init(_ names: [String]) throws {
        indices = Dictionary(zip(names, names.indices)) { first, _ in first }
        guard names.count > 1, indices.count == names.count, !names.contains("") else {
            throw OfframpError(
                .usage, at: "labels", found: names.map(quoted).joined(separator: ", "),
                expected: "at least two different names")
        }
        self.names = names
        acceptsIndices = names.allSatisfy { Double($0) == nil }
    }

    /// Takes names that stand in a list with commas; blanks around them do not count.
    ///
    /// - Throws: as `init(_:)`.
    package init(list: String) throws {
        let names = list.split(separator: ",", omittingEmptySubsequences: false)
        try self.init(names.map { String($0).trimmed })
    }

    /// Collects the labels that occur in a file: numbers in ascending order, words alphabetically. Whole
    /// numbers are named without a point.
    ///
    /// - Throws: `OfframpError` (`usage`) for fewer than two labels.
    package init(occurringIn labels: some Sequence<String>) throws {
        var names = Set(labels)
        let whole = names.compactMap(Self.withoutPoint)
        if whole.count == names.count { names = Set(whole) }
        let numbers = names.compactMap { name in Double(name).map { (value: $0, name: name) } }
        try self.init(
            numbers.count == names.count
                ? numbers.sorted { ($0.value, $0.name) < ($1.value, $1.name) }.map(\.name)
                : names.sorted())
    }

    /// How many labels there are.
    package var count: Int { names.count }

    /// The index of a label given by its name, or by its index when no name is a number. A whole number
    /// may be written with a point, as pandas does it: `1.0` is `1`.
    package func index(of label: String) -> Int? {
        if let index = indices[label] { return index }
        let label = Self.withoutPoint(label) ?? label
        if let index = indices[label] { return index }
        guard acceptsIndices, let index = Int(label), names.indices.contains(index) else {
            return nil
        }
        return index
    }

    /// What `index(of:)` accepts, for errors and help.
    package var allowed: String {
        let shown = names.prefix(20).joined(separator: ", ") + (count > 20 ? ", …" : "")
        return "one of \(shown)" + (acceptsIndices ? " (or 0 to \(count - 1))" : "")
    }

    /// A whole number without its point; `nil` for any other text.
    private static func withoutPoint(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count < 3, let whole = parts.first, Int(whole) != nil,
            parts.dropFirst().allSatisfy({ $0.allSatisfy { $0 == "0" } })
        else { return nil }
        return String(whole)
    }
}
