import OfframpTensor

/// One layer of the encoder (Devlin et al. 2019).
public struct BertLayer: Sendable {
    var attention: BertSelfAttention
    var attentionNorm: LayerNorm
    var feedForward: BertFeedForward
    var outputNorm: LayerNorm

    init(_ configuration: BertConfiguration) {
        attention = BertSelfAttention(configuration)
        attentionNorm = LayerNorm(width: configuration.width, epsilon: configuration.epsilon)
        feedForward = BertFeedForward(configuration)
        outputNorm = LayerNorm(width: configuration.width, epsilon: configuration.epsilon)
    }

    /// Maps the hidden states of one depth to those of the next.
    ///
    /// - Parameters:
    ///   - x: `[tokens, width]`.
    ///   - texts: which tokens attend to each other.
    /// - Returns: `[tokens, width]`.
    public func callAsFunction(
        _ x: Tensor, _ texts: TextRanges, _ dropout: inout Dropout
    ) -> Tensor {
        let a = attentionNorm(attention(x, texts, &dropout), plus: x)
        return feedForward(a, outputNorm, &dropout)
    }

    /// Multiply-adds of this layer.
    public var cost: TokenCost { attention.cost + feedForward.cost }
}

extension BertLayer: Parameterized {
    /// Visits attention and feed-forward network, each followed by its norm.
    public mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        attention.visitParameters(&visitor, under: prefix + "attention.")
        attentionNorm.visitParameters(&visitor, under: prefix + "attention.output.LayerNorm.")
        feedForward.up.visitParameters(&visitor, under: prefix + "intermediate.dense.")
        feedForward.down.visitParameters(&visitor, under: prefix + "output.dense.")
        outputNorm.visitParameters(&visitor, under: prefix + "output.LayerNorm.")
    }
}
