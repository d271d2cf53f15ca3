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

    /// The multiply-adds of each text on its way to its answer, `[texts]`.
    ///
    /// - Parameter tokens: of each text.
    package func spent(tokens: [Int], _ answers: [Answer]) -> [Double] {
        zip(tokens, answers).map { spent(tokens: $0, $1) }
    }

    private func spent(tokens: Int, _ answer: Answer) -> Double {
        (0...answer.exitIndex).reduce(backbone[answer.exitIndex](tokens)) {
            isChained || !answer.unread.contains($1) ? $0 + heads[$1](tokens) : $0
        }
    }
}

extension Trace {
    /// Multiply-adds spent, heads included, divided by those of the full model on the same tokens.
    ///
    /// Needs the texts' token counts.
    package func relativeCompute(_ answers: [Answer], cost: CostModel) -> Double {
        guard let tokens else { preconditionFailure("compute is counted by tokens") }
        let spent = cost.spent(tokens: tokens, answers)
        return spent.reduce(0, +) / tokens.reduce(0) { $0 + cost.full(tokens: $1) }
    }
}
