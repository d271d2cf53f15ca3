import OfframpTensor

/// Pooled states beside the normalised logits of the previous exit, whose gradient is stopped (Zero
/// Time Waste, Wołczyk et al. 2021).
struct CascadeHead: SolvableHead {
    var classifier: Linear
    private var previousNorm: LayerNorm?

    private static let epsilon: Float = 1e-5

    init(_ place: HeadPlace) {
        let carried = place.hasPrevious ? place.outputCount : 0
        classifier = Linear(inputs: place.features + carried, outputs: place.outputCount)
        previousNorm =
            place.hasPrevious ? LayerNorm(width: place.outputCount, epsilon: Self.epsilon) : nil
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        let features = features.dropping(&dropout)
        guard previousNorm != nil else { return classifier(features) }
        guard let carried = previous.flatMap(carried) else {
            preconditionFailure("a later exit needs the previous logits")
        }
        return classifier(features.concatenated(with: carried))
    }

    func carried(_ previous: Tensor) -> Tensor? { previousNorm?(previous.detached) }

    var cost: TokenCost { TokenCost(constant: classifier.multiplyAdds) }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        previousNorm?.visitParameters(&visitor, under: prefix + "previous.LayerNorm.")
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// First token beside the previous exit's logits -> linear.
    package static let cascade = HeadKind(
        name: "cascade", summary: "the first token beside the previous exit's logits (ZTW)",
        pooling: .firstToken, isChained: true, make: CascadeHead.init)

    /// Mean and maximum beside the previous exit's logits -> linear.
    package static let meanCascade = HeadKind(
        name: "mean-cascade",
        summary: "mean and maximum of the tokens beside the previous exit's logits (ZTW)",
        pooling: .meanMax, isChained: true, make: CascadeHead.init)
}
