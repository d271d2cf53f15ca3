import OfframpTensor

/// Every token through a narrow map and GELU, the pool of these units beside that of the states themselves, then a
/// linear map (Deep Sets, Zaheer et al. 2017). A pool mixes what a few tokens say with all the others; units read
/// it before.
struct DeepSetsHead: Head {
    private var units: Linear
    private var classifier: Linear
    private let pooling: Pooling

    private static let width = 64

    init(_ place: HeadPlace, pooling: Pooling) {
        self.pooling = pooling
        units = Linear(inputs: place.features, outputs: Self.width)
        classifier = Linear(
            inputs: pooling.features(width: place.features) + pooling.features(width: Self.width),
            outputs: place.outputCount, use: .exactProduct)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        let units = pooling(units(features, .gelu), texts)
        let inputs = pooling(features, texts).concatenated(with: units)
        return classifier(inputs.dropping(&dropout))
    }

    var cost: TokenCost {
        TokenCost(constant: classifier.multiplyAdds, perToken: units.multiplyAdds)
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        units.visitParameters(&visitor, under: prefix + "units.")
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// All tokens -> 64 units of each -> mean and maximum of states and units -> linear.
    package static let deepSets = HeadKind(
        name: "deep-sets",
        summary: "64 units of each token beside its state, then as mean (Deep Sets)",
        pooling: .none, rateFactor: rateFactorOfDeepSets
    ) { DeepSetsHead($0, pooling: .meanMax) }

    /// All tokens -> 64 units of each -> a comparison of the two segments in states and units -> linear.
    package static let pairDeepSets = HeadKind(
        name: "pair-deep-sets",
        summary: "64 units of each token beside its state, then as pair (Deep Sets)",
        pooling: .none, rateFactor: rateFactorOfDeepSets
    ) { DeepSetsHead($0, pooling: .pair) }

    /// A single layer bears what attention diverges at.
    private static let rateFactorOfDeepSets: Float = 3
}
