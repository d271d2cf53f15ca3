import OfframpTensor

/// Pooled states beside what the previous exit says, whose gradient is stopped (Zero Time Waste,
/// Wołczyk et al. 2021; stacked generalisation, Wolpert 1992): an exit builds on all before it, and a
/// deeper one need not say less than a shallower one.
struct CascadeHead: SolvableHead {
    /// What is carried from exit to exit.
    enum Carried {
        /// The logarithms of the probabilities, clamped; the clamped logits where a text may have several
        /// labels, the number itself in a regression.
        case logProbabilities
        /// The logits, normalised to mean 0 and variance 1 and then scaled, as the paper has it. Of two
        /// logits this keeps little more than which one is larger, and of one nothing.
        case normalizedLogits
    }

    var classifier: Linear
    private let task: TaskKind
    /// Its gain and shift say nothing that the map could not say as well.
    private var norm: LayerNorm?

    private static let epsilon: Float = 1e-5
    /// A label that is ruled out is not to outweigh the features.
    private static let limit: Float = 10

    init(_ place: HeadPlace, carries form: Carried) {
        task = place.task
        let carried = place.hasPrevious ? place.outputCount : 0
        classifier = Linear(
            inputs: place.features + carried, outputs: place.outputCount, use: .exactProduct)
        if place.hasPrevious, form == .normalizedLogits {
            norm = LayerNorm(width: place.outputCount, epsilon: Self.epsilon)
        }
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        let features = features.dropping(&dropout)
        guard let carried = previous.flatMap(carried) else { return classifier(features) }
        return classifier(features.concatenated(with: carried))
    }

    func carried(_ previous: Tensor) -> Tensor? {
        let logits = previous.detached
        if let norm { return norm(logits) }
        return task.rules.evidence(logits, limit: Self.limit)
    }

    var cost: TokenCost { TokenCost(constant: classifier.multiplyAdds) }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        norm?.visitParameters(&visitor, under: prefix + "previous.LayerNorm.")
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// First token beside what the previous exit says -> linear.
    package static let cascade = cascade(
        "cascade", "the first token beside the previous exit's log-probabilities (ZTW)",
        .firstToken, .logProbabilities)

    /// Mean and maximum beside what the previous exit says -> linear.
    package static let meanCascade = cascade(
        "mean-cascade",
        "mean and maximum of the tokens beside the previous exit's log-probabilities (ZTW)",
        .meanMax, .logProbabilities)

    /// A comparison of the two segments beside what the previous exit says -> linear.
    package static let pairCascade = cascade(
        "pair-cascade",
        "a comparison of a pair's two texts beside the previous exit's log-probabilities",
        .pair, .logProbabilities)

    /// First token beside the previous exit's normalised logits -> linear.
    package static let normCascade = cascade(
        "norm-cascade",
        "the first token beside the previous exit's normalised logits (ZTW's paper)",
        .firstToken, .normalizedLogits)

    /// Mean and maximum beside the previous exit's normalised logits -> linear.
    package static let meanNormCascade = cascade(
        "mean-norm-cascade",
        "mean and maximum of the tokens beside the previous exit's normalised logits",
        .meanMax, .normalizedLogits)

    private static func cascade(
        _ name: String, _ summary: String, _ pooling: Pooling, _ form: CascadeHead.Carried
    ) -> HeadKind {
        HeadKind(name: name, summary: summary, pooling: pooling, isChained: true) {
            CascadeHead($0, carries: form)
        }
    }
}
