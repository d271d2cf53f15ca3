import OfframpTensor

/// BERT's own classifier, `W₂ tanh(W₁ h₀)`, at an exit: one pooler each (DeeBERT, Xin et al. 2020)
/// or one for all (PABEE, Zhou et al. 2020).
struct PoolerHead: Head {
    let pooling = Pooling.firstToken
    private var pooler: Linear
    private var classifier: Linear
    private let isShared: Bool

    init(_ place: HeadPlace, isShared: Bool) {
        pooler = Linear(inputs: place.width, outputs: place.width)
        classifier = Linear(inputs: place.width, outputs: place.labels)
        self.isShared = isShared
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> HeadOutput {
        let pooled = pooler(features).activated(by: .tanh)
        return HeadOutput(logits: classifier(pooled.dropping(&dropout)))
    }

    var cost: TokenCost {
        TokenCost(constant: pooler.multiplyAdds + classifier.multiplyAdds)
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        // Parameters of the same name are one parameter: that is how the pooler is shared.
        pooler.visitParameters(&visitor, under: (isShared ? "" : prefix) + "pooler.dense.")
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}
