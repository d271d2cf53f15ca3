import OfframpFiles

/// Something that is chosen by its name from a list: a policy, a kind of heads, a method.
package protocol Catalogued: Sendable {
    /// What the entries of the list are called, for errors.
    static var noun: String { get }

    /// All entries. A new one is a file with a static member, and its name in this list.
    static var catalog: [Self] { get }

    /// The name on the command line and in checkpoints.
    var name: String { get }
}

extension Catalogued {
    /// Finds an entry by its name.
    ///
    /// - Throws: `OfframpError` (`usage`) that lists the names there are.
    package static func named(_ name: some StringProtocol) throws -> Self {
        if let entry = catalog.first(where: { $0.name == name }) { return entry }
        throw OfframpError(
            .usage, at: noun, found: name.isEmpty ? "no name" : "\"\(name)\"",
            expected: "one of " + catalog.map(\.name).joined(separator: ", "))
    }
}
