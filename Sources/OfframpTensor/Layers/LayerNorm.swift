/// Layer normalisation with a learned gain and bias.
package struct LayerNorm: Sendable {
    /// `[width]`.
    package var weight: Tensor
    /// `[width]`.
    package var bias: Tensor
    /// Added to the variance.
    package let epsilon: Float

    /// A normalisation whose parameters are still to be loaded or initialised.
    package init(width: Int, epsilon: Float) {
        weight = Tensor(unset: .vector(width))
        bias = Tensor(unset: .vector(width))
        self.epsilon = epsilon
    }

    /// Normalises every row of `[rows, width]`.
    package func callAsFunction(_ x: Tensor) -> Tensor {
        x.layerNormalized(weight: weight, bias: bias, epsilon: epsilon)
    }

    /// Normalises every row of `x + residual`.
    package func callAsFunction(_ x: Tensor, plus residual: Tensor) -> Tensor {
        x.layerNormalized(adding: residual, weight: weight, bias: bias, epsilon: epsilon)
    }
}

extension LayerNorm: Parameterized {
    /// Visits `weight`, then `bias`.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        visitor.visit([prefix + "weight"], &weight)
        visitor.visit([prefix + "bias"], &bias)
    }
}
