import OfframpTensor

/// Multi-head self-attention and its output projection, added to the input and normalised.
struct SelfAttention: Sendable {
    /// Queries, keys and values in one product.
    private var queryKeyValue: Linear
    private var output: Linear
    private var norm: LayerNorm
    private let headCount: Int

    init(_ configuration: EncoderConfiguration) {
        let width = configuration.width
        queryKeyValue = Linear(inputs: width, outputs: 3 * width)
        output = Linear(inputs: width, outputs: width)
        norm = LayerNorm(width: width, epsilon: configuration.epsilon)
        headCount = configuration.headCount
    }

    func callAsFunction(
        _ x: Tensor, _ texts: TextRanges, _ bias: AttentionBias?, _ dropout: inout Dropout
    ) -> Tensor {
        let mixed = queryKeyValue(x)
            .selfAttention(texts, heads: headCount, bias: bias, format: format, dropout: &dropout)
        return norm(output(mixed).dropping(&dropout), plus: x)
    }

    /// Packed weights that round their factors are followed by attention that does too.
    private var format: ProductFormat {
        switch queryKeyValue.weight {
        case .packed(let weights) where weights.precision != .float32: .fastest
        default: .float32
        }
    }

    /// The projections; for every pair of tokens one score and one weighted value.
    var cost: TokenCost {
        TokenCost(
            perToken: queryKeyValue.multiplyAdds + output.multiplyAdds,
            perPair: 2 * Double(output.weight.shape.columns))
    }
}

extension SelfAttention: Parameterized {
    /// Visits query, key and value as one stack, then the output projection and the norm.
    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        queryKeyValue.visitParameters(
            &visitor, stacking: ["query", "key", "value"].map { "\(prefix)self.\($0)." })
        output.visitParameters(&visitor, under: prefix + "output.dense.")
        norm.visitParameters(&visitor, under: prefix + "output.LayerNorm.")
    }
}
