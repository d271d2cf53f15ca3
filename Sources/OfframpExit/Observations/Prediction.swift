/// An answer for one text.
public struct Prediction: Sendable, Equatable {
    /// The probability of each label, `[labels]`; empty in a regression.
    public let probabilities: [Float]
    /// The index of the most probable label, the lowest of equals; 0 in a regression.
    public let label: Int
    /// The probability of `label`, or the value that a regression answers with.
    public let score: Float

    /// Picks the most probable label. NaN probabilities give label 0 and score NaN.
    public init(probabilities: [Float]) {
        self.probabilities = probabilities
        label = argmax(probabilities[...])
        score = probabilities[label]
    }

    /// Answers a regression with a number.
    public init(value: Float) {
        probabilities = []
        label = 0
        score = value
    }
}
