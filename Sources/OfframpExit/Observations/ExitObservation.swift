/// What one exit says about one text: all that a policy may look at.
///
/// A policy gets one in `ExitPolicy.decide`. Logits that are NaN make every measure here NaN, and a
/// comparison with NaN is false: a text never leaves early on them.
public struct ExitObservation: Sendable {
    /// The exit that speaks.
    public let place: ExitPlace
    /// What the logits mean.
    public let task: TaskKind
    /// What the logits were divided by before the softmax.
    public let temperature: Float
    /// The head's raw output, `[outputs]`. A slice: its first index need not be 0.
    public let logits: ArraySlice<Float>
    /// softmax(logits / temperature), `[labels]`; empty in a regression. A slice as well.
    public let probabilities: ArraySlice<Float>
    /// The head's signal, a learned number from 0 to 1, if it has one.
    public let signal: Float?
}

extension ExitObservation {
    /// The exit's own answer.
    public var prediction: Prediction { task.rules.prediction(self) }

    /// The largest probability; NaN in a regression.
    public var confidence: Float { probabilities.max() ?? .nan }

    /// The entropy of the probabilities in nats; NaN in a regression, which has none.
    public var entropy: Float {
        probabilities.isEmpty ? .nan : OfframpExit.entropy(probabilities)
    }

    /// The index of the most probable label; `nil` where the probabilities are NaN.
    public var label: Int? { confidence.isNaN ? nil : argmax(probabilities) }

    /// The first logit: the answer of a regression.
    public var value: Float { logits.first ?? .nan }

    /// ln softmax(logits / temperature), `[labels]`.
    public var logProbabilities: [Float] { logSoftmax(logits, temperature: temperature) }
}
