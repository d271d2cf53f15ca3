import OfframpTensor

/// A classifier at one depth: turns hidden states into logits.
///
/// A head never sees the encoder. It is called for many texts at once and has gradients.
public protocol Head: Parameterized, Sendable {
    /// What it reads of the hidden states.
    var pooling: Pooling { get }

    /// Classifies texts.
    ///
    /// - Parameters:
    ///   - features: what `pooling` made of the hidden states.
    ///   - texts: which tokens belong to which text.
    ///   - previous: the previous exit's logits for the same texts; `nil` at the first exit.
    ///   - dropout: of this forward pass.
    /// - Returns: logits `[texts, labels]`, with a signal where the head has one.
    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> HeadOutput

    /// Multiply-adds for one text.
    var cost: TokenCost { get }
}

/// What a head says about a batch.
public struct HeadOutput: Sendable {
    /// `[texts, labels]`; one column for a regression.
    public let logits: Tensor
    /// `[texts, 1]`: a learned score for the policy; most heads have none.
    public let signal: Tensor?

    /// Logits, with a signal where the head has one.
    public init(logits: Tensor, signal: Tensor? = nil) {
        self.logits = logits
        self.signal = signal
    }
}
