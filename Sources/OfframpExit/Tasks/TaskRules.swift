import OfframpFiles
import OfframpTensor

/// What a kind of task says about logits, answers, losses and metrics.
package protocol TaskRules {
    /// Hugging Face's name of the task, `problem_type` in `config.json`.
    static var problemType: String { get }

    /// Whether the answer is one of the named labels; otherwise it is a number.
    static var hasLabels: Bool { get }

    /// The metrics of the task, the one to choose by first.
    static var metrics: [Metric] { get }

    /// The share of texts that are answered just right; `nil` for a task without right and wrong.
    static var exactness: Metric? { get }

    // MARK: From logits to answers

    /// The probabilities of the labels; empty where there are none.
    ///
    /// - Parameter logits: `[texts, outputs]`.
    static func probabilities(
        _ logits: [Float], outputCount: Int, temperature: Float
    ) -> [Float]

    /// An exit's own answer.
    static func prediction(_ exit: ExitObservation) -> Prediction

    /// The answer that several predictions give together: the mean of their probabilities, or of their numbers.
    ///
    /// - Parameter weights: how much each counts, `[predictions]`; their sum is 1.
    static func mixture(_ predictions: [Prediction], weights: [Float]) -> Prediction

    /// Whether an exit confirms the answer of the one before it; NaN confirms nothing.
    ///
    /// - Parameter tolerance: numbers agree when they differ by less than this.
    static func agrees(_ exit: ExitObservation, _ earlier: Prediction, tolerance: Float) -> Bool

    /// The best answer that takes no notice of the texts: what every exit should beat.
    ///
    /// - Parameter gold: at least one right answer.
    static func baseline(_ gold: Gold, outputCount: Int) -> Prediction

    /// Precision, recall and F1 of every label; none without labels.
    static func labelScores(_ predictions: [Prediction], _ gold: Gold) -> [LabelScores]

    /// What the next exit is told, `[texts, outputs]`.
    ///
    /// - Parameter limit: no label gets more than this in either direction.
    static func evidence(_ logits: Tensor, limit: Float) -> Tensor

    /// The logarithms of the probabilities of one text; empty where there are none.
    static func logProbabilities(_ logits: ArraySlice<Float>, temperature: Float) -> [Float]

    // MARK: What probabilities say; NaN without any

    /// How sure an exit is, up to 1.
    static func confidence(_ probabilities: ArraySlice<Float>) -> Float

    /// The confidence of knowing nothing.
    static func leastConfidence(outputCount: Int) -> Float

    /// The entropy in nats.
    static func entropy(_ probabilities: ArraySlice<Float>) -> Float

    /// The entropy of knowing nothing.
    static func largestEntropy(outputCount: Int) -> Float

    /// The normalised entropy, 0 to 1.
    ///
    /// - Parameter top: how many of the labels count that one text has one of; `nil` for 5, or all when
    ///   there are fewer.
    static func uncertainty(_ probabilities: ArraySlice<Float>, top: Int?) -> Float

    /// The Jensen-Shannon divergence in nats.
    static func divergence(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Float

    // MARK: Losses

    /// Each text's own loss against its target, `[texts, 1]`.
    ///
    /// - Parameter logits: `[texts, outputs]`.
    static func losses(_ logits: Tensor, _ targets: Targets) -> Tensor

    /// The logits of what several exits say together; see `mixture`.
    ///
    /// - Parameters:
    ///   - logits: of each exit, `[texts, outputs]`.
    ///   - weights: of each exit, `[texts, 1]`; their sum is 1 for every text.
    static func mixture(_ logits: [Tensor], weights: [Tensor]) -> Tensor

    /// How sure each text's answer is, 0 to 1; NaN where there are no probabilities.
    ///
    /// - Parameter logits: `[texts, outputs]`.
    static func confidences(_ logits: Tensor) -> [Float]

    /// How wrong each text's answer is: 0 for a right one, at most 1.
    ///
    /// - Parameter logits: `[texts, outputs]`.
    static func misses(_ logits: Tensor, _ gold: Gold) -> [Float]

    /// How strongly each text's loss bends: its second derivative by a logit, the mean over the
    /// logits.
    ///
    /// - Parameter logits: `[texts, outputs]`.
    static func curvatures(_ logits: Tensor) -> [Float]

    /// How far logits are from a teacher's, whose gradient is stopped: a scalar, the mean over the
    /// texts. A task without probabilities has no use for the temperature.
    static func distance(_ logits: Tensor, from teacher: Tensor, temperature: Float) -> Tensor

    /// What distance is multiplied by, so that its gradient does not shrink with the temperature.
    static func distanceScale(temperature: Float) -> Float

    // MARK: Targets

    /// The logits that answer with some probabilities, or numbers.
    ///
    /// - Parameter answers: `[texts, outputs]`.
    static func logits(_ answers: Tensor) -> Tensor

    /// A teacher's answers as targets, `[texts, outputs]`.
    static func softened(_ logits: Tensor, temperature: Float) -> Tensor

    /// The right answers as a teacher who knew them would give them, `[texts, outputs]`.
    static func certain(_ gold: Gold, outputCount: Int) -> Tensor

    /// The answers that soft ones come nearest to.
    ///
    /// - Parameter softened: `[texts, outputs]`.
    static func nearest(_ softened: Tensor) -> Gold
}

extension TaskRules {
    /// The answer to a whole of which each prediction has read a part; at least one.
    package static func mean(_ parts: [Prediction]) -> Prediction {
        mixture(parts, weights: parts.map { _ in 1 / Float(parts.count) })
    }

    package static var exactness: Metric? { nil }
    package static func labelScores(_ predictions: [Prediction], _ gold: Gold) -> [LabelScores] {
        []
    }
    package static func confidence(_ probabilities: ArraySlice<Float>) -> Float { .nan }
    package static func leastConfidence(outputCount: Int) -> Float { .nan }
    package static func entropy(_ probabilities: ArraySlice<Float>) -> Float { .nan }
    package static func largestEntropy(outputCount: Int) -> Float { .nan }
    package static func uncertainty(_ probabilities: ArraySlice<Float>, top: Int?) -> Float { .nan }
    package static func divergence(
        _ first: ArraySlice<Float>, _ second: ArraySlice<Float>
    ) -> Float { .nan }

    /// The metric of the task with some name, or the first one.
    ///
    /// - Throws: `OfframpError` (`usage`) for a name that the task does not have.
    package static func metric(_ name: String?) throws -> Metric {
        guard let name else { return metrics[0] }
        if let metric = metrics.first(where: { $0.name == name }) { return metric }
        throw OfframpError(
            .usage, at: "metric", found: name,
            expected: "one of this task's: " + metrics.map(\.name).joined(separator: ", "))
    }
}
