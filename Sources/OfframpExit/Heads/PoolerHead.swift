import OfframpTensor

/// BERT's own classifier, `W₂ tanh(W₁ h₀)`, at an exit: one pooler each (DeeBERT, Xin et al. 2020)
/// or one for all (PABEE, Zhou et al. 2020).
struct PoolerHead: Head {
    private var pooler: Linear
    private var classifier: Linear
    private let isShared: Bool

    init(_ place: HeadPlace, isShared: Bool) {
        pooler = Linear(inputs: place.features, outputs: place.features)
        classifier = Linear(inputs: place.features, outputs: place.outputCount)
        self.isShared = isShared
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        let pooled = pooler(features).activated(by: .tanh)
        return classifier(pooled.dropping(&dropout))
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

extension HeadKind {
    /// First token -> linear, tanh -> linear; every exit has its own.
    package static let pooler = HeadKind(
        name: "pooler",
        summary: "the first token through BERT's pooler, one for each exit (DeeBERT)",
        pooling: .firstToken
    ) { PoolerHead($0, isShared: false) }

    /// As `pooler`, with one pooler for all exits.
    package static let sharedPooler = HeadKind(
        name: "shared-pooler", summary: "the first token through one pooler for all exits (PABEE)",
        pooling: .firstToken
    ) { PoolerHead($0, isShared: true) }
}
