import OfframpTensor

/// BERT's own classifier, `W₂ tanh(W₁ h₀)`, at an exit: one pooler each (DeeBERT, Xin et al. 2020)
/// or one for all (PABEE, Zhou et al. 2020). Classifiers of other encoders have another activation.
struct PoolerHead: SolvableHead {
    private var pooler: Linear
    var classifier: Linear
    private let isShared: Bool
    private let activation: Activation

    init(_ place: HeadPlace, isShared: Bool, activation: Activation = .tanh) {
        pooler = Linear(inputs: place.features, outputs: place.features, use: .exactProduct)
        classifier = Linear(inputs: place.features, outputs: place.outputCount, use: .exactProduct)
        (self.isShared, self.activation) = (isShared, activation)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        classifier(inputs(features, texts).dropping(&dropout))
    }

    var isLinear: Bool { false }

    func inputs(_ features: Tensor, _ texts: TextRanges) -> Tensor {
        pooler(features).activated(by: activation)
    }

    /// Every unit sees one feature, where the hyperbolic tangent still bends little.
    mutating func start(_ own: FeatureScaling, shared: FeatureScaling) {
        let scaling = isShared ? shared : own
        let width = scaling.means.count
        let factors = scaling.factors.map { Self.startingDeviation * $0 }
        pooler.weight = .float32(
            Tensor(.matrix(width, width)) { values in
                values.update(repeating: 0, count: width * width)
                for (unit, factor) in factors.enumerated() {
                    values[unit * width + unit] = Float(factor)
                }
            })
        pooler.bias = Tensor(zip(scaling.means, factors).map { Float(-$0 * $1) })
    }

    private static let startingDeviation = 0.5

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
    package static let pooler = pooler(activation: .tanh)

    /// The same with another activation between the maps.
    package static func pooler(activation: Activation) -> HeadKind {
        HeadKind(
            name: "pooler",
            summary: "the first token through BERT's pooler, one for each exit (DeeBERT)",
            pooling: .firstToken
        ) { PoolerHead($0, isShared: false, activation: activation) }
    }

    /// As `pooler`, with one pooler for all exits.
    package static let sharedPooler = HeadKind(
        name: "shared-pooler", summary: "the first token through one pooler for all exits (PABEE)",
        pooling: .firstToken, isShared: true
    ) { PoolerHead($0, isShared: true) }
}
