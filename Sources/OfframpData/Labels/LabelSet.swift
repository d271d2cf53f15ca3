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
        acceptsIndices = names.allSatisfy { Int($0) == nil }
    }

    /// Collects the labels that occur in a file: numbers in ascending order, words alphabetically.
    ///
    /// - Throws: `OfframpError` (`usage`) for fewer than two labels.
    package init(occurringIn labels: some Sequence<String>) throws {
        let names = Set(labels)
        let numbers = names.compactMap { name in Int(name).map { (value: $0, name: name) } }
        try self.init(
            numbers.count == names.count
                ? numbers.sorted { $0 < $1 }.map(\.name) : names.sorted())
    }

    /// How many labels there are.
    package var count: Int { names.count }

    /// The index of a label given by its name, or by its index when no name is a number.
    package func index(of label: String) -> Int? {
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
}
