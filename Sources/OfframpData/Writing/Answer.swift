import OfframpFiles

/// What a model answered for one row, as a results file has it.
public struct Answer: Sendable, Equatable {
    /// The label's name, or the value of a regression.
    public let label: JSON
    /// The probability of the label; `nil` in regression.
    public let score: Float?
    /// The depth at which the text left.
    public let exit: Int
    /// Whether the text was cut to the model's length.
    public let truncated: Bool

    /// Takes a label with its probability.
    public init(label: String, score: Float, exit: Int, truncated: Bool) {
        (self.label, self.score, self.exit, self.truncated) = (
            .string(label), score, exit, truncated
        )
    }

    /// Takes the value of a regression.
    public init(value: Float, exit: Int, truncated: Bool) {
        (label, score, self.exit, self.truncated) = (.number(value), nil, exit, truncated)
    }
}
