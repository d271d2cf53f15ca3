import Glibc

/// What one exit says about one text: all that a policy may look at.
///
/// A policy gets one in `ExitPolicy.decide`. Logits that are NaN make every measure here NaN, and a
/// comparison with NaN is false: a text never leaves early on them.
public struct ExitObservation: Sendable {
    /// The exit that speaks.
    public let place: ExitPlace
    /// What the logits mean.
    public let task: TaskKind
    /// What the logits were divided by before they became probabilities.
    public let temperature: Float
    /// The head's raw output, `[outputs]`. A slice: its first index need not be 0.
    public let logits: ArraySlice<Float>
    /// The probability of each label, `[labels]`; empty in a regression. A slice as well.
    public let probabilities: ArraySlice<Float>
    /// The head's signal, a learned number from 0 to 1, if it has one.
    public let signal: Float?
}

extension ExitObservation {
    /// The exit's own answer.
    public var prediction: Prediction { task.rules.prediction(self) }

    /// How sure the exit is, up to 1: the largest probability, or that of the least sure of several
    /// labels' answers; NaN in a regression.
    public var confidence: Float { task.rules.confidence(probabilities) }

    /// The entropy of the probabilities in nats, or that of the least sure of several labels; NaN in a
    /// regression, which has none.
    public var entropy: Float { task.rules.entropy(probabilities) }

    /// The index of the most probable label; `nil` where the probabilities are NaN.
    public var label: Int? { confidence.isNaN ? nil : argmax(probabilities) }

    /// The first logit: the answer of a regression.
    public var value: Float { logits.first ?? .nan }

    /// The logarithms of the probabilities, `[labels]`, finite where a probability itself becomes 0.
    public var logProbabilities: [Float] {
        task.rules.logProbabilities(logits, temperature: temperature)
    }

    /// The Jensen-Shannon divergence from an earlier answer's probabilities, in nats, 0 to ln 2; NaN
    /// where either has none.
    func divergence(from earlier: Prediction) -> Float {
        guard label != nil else { return .nan }
        return max(task.rules.divergence(probabilities, earlier.probabilities[...]), 0)
    }

    /// The entropy, in nats, of the mean of these probabilities and an earlier answer's.
    func entropyOfMean(with earlier: Prediction) -> Float {
        guard label != nil else { return .nan }
        return task.rules.entropy(
            zip(probabilities, earlier.probabilities).map { ($0 + $1) / 2 }[...])
    }

    /// The entropy of the probabilities, raised to a power and normalised anew, as a share of the
    /// largest there is; 0 for a single label.
    func normalizedEntropy(power: Int) -> Float {
        guard probabilities.count > 1 else { return 0 }
        let raised = probabilities.map { pow($0, Float(power)) }
        let total = raised.reduce(0, +)
        return OfframpExit.entropy(raised.map { $0 / total }) / log(Float(probabilities.count))
    }
}
