import OfframpTensor

/// Pooled hidden states through one linear map: `linear` on the first token (Shallow-Deep Networks,
/// Kaya et al. 2019), `mean` on mean and maximum over the tokens, `pair` on a comparison of the two
/// segments beside them.
struct LinearHead: SolvableHead {
    var classifier: Linear

    init(_ place: HeadPlace) {
        classifier = Linear(inputs: place.features, outputs: place.outputCount, use: .exactProduct)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        classifier(features.dropping(&dropout))
    }

    var cost: TokenCost { TokenCost(constant: classifier.multiplyAdds) }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// First token -> linear.
    package static let linear = HeadKind(
        name: "linear", summary: "the first token through a linear map (Shallow-Deep)",
        pooling: .firstToken, make: LinearHead.init)

    /// Mean and maximum of the tokens -> linear.
    package static let mean = HeadKind(
        name: "mean", summary: "mean and maximum of the tokens through a linear map",
        pooling: .meanMax, make: LinearHead.init)

    /// Mean and maximum of the tokens, and a comparison of the two segments -> linear.
    package static let pair = HeadKind(
        name: "pair",
        summary: "a comparison of a pair's two texts through a linear map (InferSent)",
        pooling: .pair, make: LinearHead.init)
}
