/// When a model of a cascade keeps the answer to a text, and when it hands the text on to the next larger model.
package struct CascadeRule: Sendable, Equatable {
    /// The least confidence of an answer that is kept; above 1 all texts are handed on.
    package let threshold: Float

    /// What an uncalibrated cascade asks for.
    package static let uncalibrated = CascadeRule(0.9)

    /// Keeps answers from this confidence upwards.
    package init(_ threshold: Float) { self.threshold = threshold }

    /// Whether the answer stands. One that is not sure of anything, NaN, does not.
    package func keeps(_ answer: Prediction) -> Bool { answer.score >= threshold }
}
