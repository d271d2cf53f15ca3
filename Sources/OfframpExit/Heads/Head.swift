import OfframpTensor

/// A classifier at one depth: turns hidden states into logits.
///
/// A head never sees the encoder. It is called for many texts at once and has gradients. What it
/// reads of the hidden states is the `pooling` of its kind.
package protocol Head: Parameterized, Sendable {
    /// Classifies texts.
    ///
    /// - Parameters:
    ///   - features: what the pooling made of the hidden states.
    ///   - texts: which tokens belong to which text.
    ///   - previous: the previous exit's logits for the same texts; `nil` at the first exit.
    ///   - dropout: for this forward pass.
    /// - Returns: logits, `[texts, outputs]`.
    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor

    /// Multiply-adds for one text.
    var cost: TokenCost { get }
}

/// What an exit's head says about a batch.
package struct HeadOutput: Sendable {
    /// `[texts, outputs]`; one column for a regression.
    package let logits: Tensor
    /// `[texts, 1]`, 0 to 1: the head's signal, if it has one.
    package let signal: Tensor?

    /// Pairs logits with a signal, if there is one.
    package init(logits: Tensor, signal: Tensor? = nil) {
        self.logits = logits
        self.signal = signal
    }
}
