/// What is classified: a text, or a pair of texts such as a premise and a hypothesis.
public struct TextInput: Sendable, Hashable {
    /// The text, or the first of the pair.
    public let text: String
    /// The second text of the pair.
    public let pair: String?

    /// A text, or a pair.
    public init(_ text: String, pair: String? = nil) {
        self.text = text
        self.pair = pair
    }
}

extension TextInput: ExpressibleByStringLiteral {
    /// A text alone.
    public init(stringLiteral text: String) { self.init(text) }
}

extension Tokenizer {
    /// Encodes an input; see `encode(_:pair:maximumLength:tracksRanges:)`.
    package func encode(_ input: TextInput, maximumLength: Int? = nil) -> Encoding {
        encode(input.text, pair: input.pair, maximumLength: maximumLength)
    }
}
