import OfframpTensor

/// Pooled states beside the normalised logits of the previous exit, whose gradient is stopped (Zero
/// Time Waste, Wołczyk et al. 2021).
struct CascadeHead: Head {
    let pooling: Pooling
    private var classifier: Linear
    private var previousNorm: LayerNorm?

    private static let epsilon: Float = 1e-5

    init(_ place: HeadPlace, pooling: Pooling) {
        self.pooling = pooling
        let carried = place.hasPrevious ? place.labels : 0
        classifier = Linear(
            inputs: pooling.features(width: place.width) + carried, outputs: place.labels)
        previousNorm =
            place.hasPrevious ? LayerNorm(width: place.labels, epsilon: Self.epsilon) : nil
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> HeadOutput {
        let features = features.dropping(&dropout)
        guard let previousNorm else { return HeadOutput(logits: classifier(features)) }
        guard let previous else { preconditionFailure("a later exit needs the previous logits") }
        let carried = previousNorm(previous.detached)
        return HeadOutput(logits: classifier(features.concatenated(with: carried)))
    }

    var cost: TokenCost { TokenCost(constant: classifier.multiplyAdds) }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        previousNorm?.visitParameters(&visitor, under: prefix + "previous.LayerNorm.")
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}
