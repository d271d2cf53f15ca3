/// What is read of a long text.
public enum LongTexts: Sendable, Equatable {
    /// The beginning, as far as the model reads.
    case head
    /// Of a text that is longer than the model reads a quarter of the limit from the beginning, and the rest
    /// from the end (Sun et al. 2019).
    case headTail
    /// All of it, in windows of so many tokens that overlap by a quarter; each is classified by itself, and the
    /// answer is the mean of theirs. Windows as long as the texts that the model was trained on are best.
    case windows(tokens: Int)
    /// Nothing: a text that is longer than the model reads is an error.
    case refuse

    /// The tokens of a window where nothing else is said.
    public static let windowTokens = 64
}
