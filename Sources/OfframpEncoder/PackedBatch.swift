import OfframpTensor

/// A batch of texts, packed without padding.
package struct PackedBatch: Sendable {
    /// Which tokens belong to which text.
    package let texts: TextRanges
    /// The word piece of each token.
    package let words: [Int32]
    /// The position of each token within its text, from 0.
    package let positions: [Int32]
    /// 0 for the first segment of a text, 1 for the second.
    package let segments: [Int32]

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
        words = Array(ids.joined())
        (self.positions, self.segments) = (positions, segments)
    }
}
