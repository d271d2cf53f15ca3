import OfframpTensor

/// One layer of the encoder (Devlin et al. 2019).
package struct EncoderLayer: Sendable {
    private var attention: SelfAttention
    private var feedForward: FeedForward

    init(_ configuration: EncoderConfiguration) {
        attention = SelfAttention(configuration)
        feedForward = FeedForward(configuration)
    }

    /// Maps the hidden states of one depth to those of the next.
    ///
    /// - Parameters:
    ///   - x: `[tokens, width]`.
    ///   - texts: which tokens attend to each other.
    ///   - bias: what attention adds to its scores, if it does.
    /// - Returns: `[tokens, width]`.
    package func callAsFunction(
        _ x: Tensor, _ texts: TextRanges, _ bias: AttentionBias?, _ dropout: inout Dropout
    ) -> Tensor {
        feedForward(attention(x, texts, bias, &dropout), &dropout)
    }

    /// The same, in parts between which it may be stopped: attention, then blocks of rows.
    ///
    /// - Parameter isStopped: asked before each part.
    /// - Returns: the same bits; `nil` where it was stopped.
    package func callAsFunction(
        _ x: Tensor, _ texts: TextRanges, _ bias: AttentionBias?, _ dropout: inout Dropout,
        unless isStopped: () -> Bool
    ) -> Tensor? {
        if isStopped() { return nil }
        let attended = attention(x, texts, bias, &dropout)
        var blocks: [Tensor] = []
        for start in stride(from: 0, to: x.rows, by: Self.blockRows) {
            if isStopped() { return nil }
            let rows = start..<min(start + Self.blockRows, x.rows)
            blocks.append(feedForward(attended[rows: rows], &dropout))
        }
        return Tensor(stacking: blocks)
    }

    /// Enough rows for the products to be as fast as with all of them.
    private static let blockRows = 128

    /// Multiply-adds of this layer.
    package var cost: TokenCost { attention.cost + feedForward.cost }
}

extension EncoderLayer: Parameterized {
    /// Visits the attention, then the feed-forward network.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        attention.visitParameters(&visitor, under: prefix + "attention.")
        feedForward.visitParameters(&visitor, under: prefix)
    }
}
