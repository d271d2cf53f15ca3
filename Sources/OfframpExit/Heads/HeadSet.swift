import OfframpTensor

/// The heads of one method: one at each of its depths.
public struct HeadSet: Sendable {
    /// What kind they are.
    public let kind: HeadKind
    /// The depths at which they stand, ascending.
    public let depths: [Int]
    private var heads: [any Head]

    /// Heads whose parameters are still to be loaded or initialised.
    ///
    /// - Parameters:
    ///   - kind: of all heads.
    ///   - depths: strictly ascending, at least one.
    ///   - width: of a hidden state.
    ///   - labels: columns of the logits; 1 for a regression.
    public init(_ kind: HeadKind, depths: [Int], width: Int, labels: Int) {
        precondition(!depths.isEmpty && zip(depths, depths.dropFirst()).allSatisfy(<))
        self.kind = kind
        self.depths = depths
        heads = depths.indices.map {
            kind.make(HeadPlace(width: width, labels: labels, hasPrevious: $0 > 0))
        }
    }

    /// The number of exits.
    public var count: Int { heads.count }

    /// The head of one exit, from 0.
    public subscript(exit: Int) -> any Head { heads[exit] }

    /// Whether a head reads the one before it, so that none can be left out.
    public var isChained: Bool { kind.isChained }
}

extension HeadSet: Parameterized {
    /// Shows every head under `exits.<depth>.`.
    public mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        visitParameters(&visitor) { "\(prefix)exits.\($0)." }
    }

    /// Shows the parameters of each head under a prefix made from its depth.
    public mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, prefix: (_ depth: Int) -> String
    ) {
        for index in heads.indices {
            heads[index].visitParameters(&visitor, under: prefix(depths[index]))
        }
    }
}
