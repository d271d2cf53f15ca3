/// One text, or a pair of texts, as a model reads it: `[CLS] text [SEP]`, and `pair [SEP]` after it, or
/// with the special tokens of another model.
package struct Encoding: Sendable, Equatable {
    /// The ids of the pieces, special tokens included.
    package internal(set) var ids: [Int32]
    /// The index in `ids` at which the second text begins; the number of ids without one.
    package internal(set) var secondStart: Int
    /// Whether pieces were left out because of the maximum length.
    package internal(set) var isTruncated: Bool
    /// For each id the bytes of its text that it covers, if they were asked for.
    ///
    /// Ranges count bytes of UTF-8 from the start of the piece's own text, before it was normalised;
    /// the special tokens around the texts have `0..<0`.
    package internal(set) var ranges: [Range<Int>]?

    /// The token type ids: 0 for the first text and the special tokens around it, 1 for the second.
    package var typeIds: [Int32] {
        ids.indices.map { $0 < secondStart ? 0 : 1 }
    }
}
