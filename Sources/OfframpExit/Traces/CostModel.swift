import OfframpTensor

/// What leaving at each exit costs: the backbone so far and every head that ran.
package struct CostModel: Sendable {
    /// The backbone from the tokens to each exit's depth, `[exits]`.
    package let backbone: [TokenCost]
    /// Each exit's own head, `[exits]`.
    package let heads: [TokenCost]
    /// Whether a head reads the one before it, so that no head can be left out.
    package let isChained: Bool

    /// Holds the costs of a model's parts.
    package init(backbone: [TokenCost], heads: [TokenCost], isChained: Bool = false) {
        precondition(backbone.count == heads.count && !heads.isEmpty, "a cost for each exit")
        self.backbone = backbone
        self.heads = heads
        self.isChained = isChained
    }
}

extension CostModel {
    /// The multiply-adds of the full model, its last head included, on one text.
    package func full(tokens: Int) -> Double {
        let last = heads.count - 1
        return backbone[last](tokens) + heads[last](tokens)
    }

    /// The multiply-adds of one text that left at an exit under a policy.
    package func spent(tokens: Int, exit: Int, reads: [Bool]) -> Double {
        (0...exit).reduce(backbone[exit](tokens)) {
            isChained || reads[$1] ? $0 + heads[$1](tokens) : $0
        }
    }

    /// The multiply-adds of each text that left under a policy where its answer says, `[texts]`.
    ///
    /// - Parameters:
    ///   - tokens: of each text.
    ///   - places: all exits of the model.
    package func spent(
        tokens: [Int], _ answers: [Answer], of policy: any ExitPolicy, at places: [ExitPlace]
    ) -> [Double] {
        precondition(places.count == heads.count, "a cost for each exit")
        let reads = places.map { $0.isLast || policy.reads($0) }
        return zip(tokens, answers).map { spent(tokens: $0, exit: $1.exitIndex, reads: reads) }
    }
}

extension Trace {
    /// Multiply-adds spent, heads included, divided by those of the full model on the same tokens.
    ///
    /// Needs the texts' token counts.
    package func relativeCompute(
        _ answers: [Answer], of policy: any ExitPolicy, cost: CostModel
    ) -> Double {
        guard let tokens else { preconditionFailure("compute is counted by tokens") }
        let spent = cost.spent(tokens: tokens, answers, of: policy, at: exits.map(\.place))
        return spent.reduce(0, +) / tokens.reduce(0) { $0 + cost.full(tokens: $1) }
    }
}
