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
