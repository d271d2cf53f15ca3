import OfframpTensor

/// Pooled hidden states through one linear map: `linear` on the first token (Shallow-Deep Networks,
/// Kaya et al. 2019), `mean` on mean and maximum over the tokens.
struct LinearHead: Head {
    let pooling: Pooling
    private var classifier: Linear

    init(_ place: HeadPlace, pooling: Pooling) {
        self.pooling = pooling
        classifier = Linear(inputs: pooling.features(width: place.width), outputs: place.labels)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> HeadOutput {
        HeadOutput(logits: classifier(features.dropping(&dropout)))
    }

    var cost: TokenCost { TokenCost(constant: classifier.multiplyAdds) }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}
