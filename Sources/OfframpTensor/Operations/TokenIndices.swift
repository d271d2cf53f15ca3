/// The rows that a packed batch reads from the three embedding tables, one of each per token.
package struct TokenIndices: Sendable {
    /// Word-piece ids.
    package let words: [Int32]
    /// Positions within the text, from 0.
    package let positions: [Int32]
    /// 0 for the first segment of a text, 1 for the second.
    package let segments: [Int32]

    /// Three lists of the same length.
    package init(words: [Int32], positions: [Int32], segments: [Int32]) {
        precondition(words.count == positions.count && words.count == segments.count)
        self.words = words
        self.positions = positions
        self.segments = segments
    }

    /// The number of tokens.
    package var count: Int { words.count }
}
