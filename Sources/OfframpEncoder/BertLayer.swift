import OfframpTensor

/// One layer of the encoder (Devlin et al. 2019).
package struct BertLayer: Sendable {
    private var attention: BertSelfAttention
    private var feedForward: BertFeedForward

    init(_ configuration: BertConfiguration) {
        attention = BertSelfAttention(configuration)
        feedForward = BertFeedForward(configuration)
    }

    /// Maps the hidden states of one depth to those of the next.
    ///
    /// - Parameters:
    ///   - x: `[tokens, width]`.
    ///   - texts: which tokens attend to each other.
    /// - Returns: `[tokens, width]`.
    package func callAsFunction(
        _ x: Tensor, _ texts: TextRanges, _ dropout: inout Dropout
    ) -> Tensor {
        feedForward(attention(x, texts, &dropout), &dropout)
    }

    /// Multiply-adds of this layer.
    package var cost: TokenCost { attention.cost + feedForward.cost }
}

extension BertLayer: Parameterized {
    /// Visits the attention, then the feed-forward network.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        attention.visitParameters(&visitor, under: prefix + "attention.")
        feedForward.visitParameters(&visitor, under: prefix)
    }
}
