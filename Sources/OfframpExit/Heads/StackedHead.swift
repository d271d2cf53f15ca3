import OfframpTensor

/// Pooled states beside what the previous exit says, whose gradient is stopped: the logarithms of its
/// probabilities, or its number. An exit then builds on all before it (stacked generalisation,
/// Wolpert 1992), and a deeper one need not say less than a shallower one.
struct StackedHead: SolvableHead {
    var classifier: Linear

    init(_ place: HeadPlace) {
        let carried = place.hasPrevious ? place.outputCount : 0
        classifier = Linear(inputs: place.features + carried, outputs: place.outputCount)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        let features = features.dropping(&dropout)
        guard let carried = previous.flatMap(carried) else { return classifier(features) }
        return classifier(features.concatenated(with: carried))
    }

    /// A single output is a number, which has no probabilities.
    func carried(_ previous: Tensor) -> Tensor? {
        previous.columns == 1 ? previous.detached : previous.detached.logSoftmax()
    }

    var cost: TokenCost { TokenCost(constant: classifier.multiplyAdds) }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// Mean and maximum beside what the previous exit says -> linear.
    package static let meanStack = HeadKind(
        name: "mean-stack",
        summary: "mean and maximum of the tokens beside the previous exit's log-probabilities",
        pooling: .meanMax, isChained: true, make: StackedHead.init)

    /// A comparison of the two segments beside what the previous exit says -> linear.
    package static let pairStack = HeadKind(
        name: "pair-stack",
        summary: "a comparison of a pair's two texts beside the previous exit's log-probabilities",
        pooling: .pair, isChained: true, make: StackedHead.init)
}
