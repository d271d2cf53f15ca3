import OfframpTensor

/// A batch of texts, packed without padding.
package struct PackedBatch: Sendable {
    /// Which tokens belong to which text.
    package let texts: TextRanges
    /// The rows of the embedding tables that each token reads.
    package let indices: TokenIndices

    /// Packs texts.
    ///
    /// - Parameters:
    ///   - ids: the word pieces of each text, special tokens included.
    ///   - secondSegments: where each text's second segment starts; the text's length if it has
    ///     none.
    package init(ids: [[Int32]], secondSegments: [Int]) {
        precondition(ids.count == secondSegments.count)
        texts = TextRanges(lengths: ids.lazy.map(\.count), seconds: secondSegments)
        var positions: [Int32] = []
        var segments: [Int32] = []
        positions.reserveCapacity(texts.tokens)
        segments.reserveCapacity(texts.tokens)
        for (text, start) in zip(ids, secondSegments) {
            for position in 0..<text.count {
                positions.append(Int32(position))
                segments.append(position < start ? 0 : 1)
            }
        }
        indices = TokenIndices(words: Array(ids.joined()), positions: positions, segments: segments)
    }
}
