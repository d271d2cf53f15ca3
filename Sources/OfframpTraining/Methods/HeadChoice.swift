import OfframpExit

/// The kinds of a method's heads: one for every situation, or others for pairs of texts and for a
/// backbone that stays as it is.
package struct HeadChoice: Sendable {
    private let trained: (texts: HeadKind, pairs: HeadKind)
    private let frozen: (texts: HeadKind, pairs: HeadKind)

    /// One kind for all.
    package init(_ kind: HeadKind) { self.init(kind, pairs: kind, frozen: kind, frozenPairs: kind) }

    /// A first token's pooler, and its linear map alone where the backbone stays as it is: there a pooler
    /// gains next to nothing, and the map can be solved for.
    static let pooler = HeadChoice(.pooler, pairs: .pooler, frozen: .linear, frozenPairs: .linear)

    /// A kind for each situation.
    package init(_ texts: HeadKind, pairs: HeadKind, frozen: HeadKind, frozenPairs: HeadKind) {
        trained = (texts, pairs)
        self.frozen = (frozen, frozenPairs)
    }

    /// The kind for some data.
    package func kind(pairs: Bool, frozen: Bool) -> HeadKind {
        let kinds = frozen ? self.frozen : trained
        return pairs ? kinds.pairs : kinds.texts
    }
}
