import OfframpTensor

/// Multi-head self-attention with its output projection.
public struct BertSelfAttention: Sendable {
    /// Queries, keys and values in one product.
    var queryKeyValue: Linear
    var output: Linear
    let heads: Int

    init(_ configuration: BertConfiguration) {
        let width = configuration.width
        queryKeyValue = Linear(inputs: width, outputs: 3 * width)
        output = Linear(inputs: width, outputs: width)
        heads = configuration.heads
    }

    func callAsFunction(_ x: Tensor, _ texts: TextRanges, _ dropout: inout Dropout) -> Tensor {
        let mixed = queryKeyValue(x)
            .selfAttention(texts, heads: heads, factors: factors, dropout: &dropout)
        return output(mixed).dropping(&dropout)
    }

    /// Packed products that are rounded are followed by attention that is.
    private var factors: Factors {
        switch queryKeyValue.weight {
        case .packed(let weights) where weights.precision != .float32: .fastest
        default: .float32
        }
    }

    /// The projections, and for every pair of tokens a score and its share of the value.
    var cost: TokenCost {
        TokenCost(
            perToken: queryKeyValue.multiplyAdds + output.multiplyAdds,
            perPair: 2 * Double(output.weight.shape.columns))
    }
}

extension BertSelfAttention: Parameterized {
    /// Visits query, key and value as one stack, then the output.
    public mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        queryKeyValue.visitParameters(
            &visitor, stacking: ["query", "key", "value"].map { "\(prefix)self.\($0)." })
        output.visitParameters(&visitor, under: prefix + "output.dense.")
    }
}
