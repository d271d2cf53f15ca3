/// Layer normalisation with a learned gain and bias.
public struct LayerNorm: Sendable {
    /// `[width]`.
    public var weight: Tensor
    /// `[width]`.
    public var bias: Tensor
    /// Added to the variance.
    public let epsilon: Float

    /// A normalisation whose parameters are still to be loaded or initialised.
    public init(width: Int, epsilon: Float) {
        weight = Tensor(unset: .vector(width))
        bias = Tensor(unset: .vector(width))
        self.epsilon = epsilon
    }

    /// Normalises every row of `[rows, width]`.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        x.layerNormalized(weight: weight, bias: bias, epsilon: epsilon)
    }

    /// Normalises every row of `x + residual`.
    public func callAsFunction(_ x: Tensor, plus residual: Tensor) -> Tensor {
        x.layerNormalized(adding: residual, weight: weight, bias: bias, epsilon: epsilon)
    }
}

extension LayerNorm: Parameterized {
    /// Visits `weight`, then `bias`.
    public mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        visitor.visit([prefix + "weight"], &weight)
        visitor.visit([prefix + "bias"], &bias)
    }
}
