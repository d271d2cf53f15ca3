/// One text, or a pair of texts, as a model reads it: `[CLS] text [SEP]`, and `pair [SEP]` after it.
public struct Encoding: Sendable, Equatable {
    /// The ids of the pieces, special tokens included.
    public internal(set) var ids: [Int32]
    /// The index in `ids` at which the second text begins; the number of ids without one.
    public internal(set) var secondStart: Int
    /// Whether pieces were left out to keep to the maximum length.
    public internal(set) var isTruncated: Bool
    /// For each id the bytes of its text that it stands for, when that was asked for.
    ///
    /// Ranges count from the start of the text that the piece belongs to, in UTF-8. They are those
    /// of the original text, before it was normalised; the special tokens around the texts have `0..<0`.
    public internal(set) var ranges: [Range<Int>]?

    /// The token type ids: 0 for the first text and the special tokens around it, 1 for the second.
    public var typeIds: [Int32] {
        ids.indices.map { $0 < secondStart ? 0 : 1 }
    }
}
