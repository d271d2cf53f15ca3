/// Cuts texts into batches of about the same work.
package struct BatchCutter: Sendable {
    /// Tokens that a batch holds at most, unless a single text is longer.
    package let tokens: Int

    /// Batches of at most so many tokens.
    package init(tokens: Int) {
        precondition(tokens > 0)
        self.tokens = tokens
    }

    /// Groups texts of similar length, longest first, so that the last batches are the small ones.
    ///
    /// - Parameter lengths: the tokens of each text.
    /// - Returns: the texts' indices, batch by batch.
    package func cut(_ lengths: [Int]) -> [[Int]] {
        let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
        var batches: [[Int]] = []
        var room = 0
        for text in order {
            if lengths[text] > room || batches.isEmpty {
                batches.append([])
                room = max(tokens, lengths[text])
            }
            batches[batches.count - 1].append(text)
            room -= lengths[text]
        }
        return batches
    }
}
