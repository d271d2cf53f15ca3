import OfframpExit

/// The kinds of a method's heads: one for every situation, or others for pairs of texts, and for a backbone
/// that stays as it is.
package struct HeadChoice: Sendable {
    private let texts: HeadKind
    private let pairs: HeadKind
    private let frozen: HeadKind?

    /// One kind, and others where they are given.
    package init(_ kind: HeadKind, pairs: HeadKind? = nil, frozen: HeadKind? = nil) {
        (texts, self.pairs, self.frozen) = (kind, pairs ?? kind, frozen)
    }

    /// A first token's pooler, and its linear map alone where the backbone stays as it is: there a pooler
    /// gains next to nothing, and the map can be solved for.
    static let pooler = HeadChoice(.pooler, frozen: .linear)

    /// The kind for some data.
    package func kind(pairs: Bool, frozen: Bool) -> HeadKind {
        if frozen, let kind = self.frozen { return kind }
        return pairs ? self.pairs : texts
    }
}
