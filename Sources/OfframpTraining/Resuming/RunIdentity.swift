import OfframpFiles

/// What must be the same for a run to be resumed, item by item.
struct RunIdentity: Sendable {
    private let items: [(name: String, value: String)]

    /// - Parameter items: the name of each item, and its fingerprint.
    init(_ items: [(name: String, value: String)]) { self.items = items }

    /// The items as the metadata of a saved state.
    var metadata: [(String, String)] { items.map { (Self.key($0.name), $0.value) } }

    /// Refuses the state of another run.
    ///
    /// - Throws: `OfframpError` (`usage`) naming the first item that differs.
    func check(_ metadata: (String) -> String?, of path: String) throws {
        for (name, value) in items {
            let found = metadata(Self.key(name)) ?? "nothing"
            guard found != value else { continue }
            throw OfframpError(
                .usage, at: "\(path): \(name)", found: found,
                expected: "\(value), to resume it; --force to start anew")
        }
    }

    private static func key(_ name: String) -> String { "run: \(name)" }
}
