import OfframpTensor

/// The heads of one pass over a batch, exit after exit: each may read the logits of the one before
/// it. The forward pass and training on kept features both go through here.
package struct HeadRun: Sendable {
    private let heads: HeadSet
    private var previous: Tensor?

    /// Starts before the first exit, or behind another one.
    ///
    /// - Parameter previous: the logits of the exit before the next one, `[texts, outputs]`.
    package init(_ heads: HeadSet, previous: Tensor? = nil) {
        (self.heads, self.previous) = (heads, previous)
    }

    /// What one exit says; exits come in their order, and none that a later one reads is left out.
    ///
    /// - Parameters:
    ///   - features: what the heads' pooling made of the hidden states.
    ///   - texts: which tokens belong to which text.
    package mutating func output(
        ofExit exit: Int, _ features: Tensor, _ texts: TextRanges, _ dropout: inout Dropout
    ) -> HeadOutput {
        let output = heads.output(
            ofExit: exit, features, texts, previous: previous, &dropout)
        if heads.isChained { previous = output.logits }
        return output
    }

    /// Keeps only some of the texts, by their rows among those that remain.
    package mutating func keep(_ rows: [Int]) {
        previous = previous?.gathering(rows: rows.map(Int32.init))
    }
}
