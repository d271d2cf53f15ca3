import OfframpTensor

/// The feed-forward network of a layer: up, activation, down, added to its input and normalised.
struct FeedForward: Sendable {
    private var up: Linear
    private var down: Linear
    private var norm: LayerNorm
    private let activation: Activation

    init(_ configuration: EncoderConfiguration) {
        let (width, inner) = (configuration.width, configuration.feedForwardWidth)
        up = Linear(inputs: width, outputs: inner)
        down = Linear(inputs: inner, outputs: width)
        norm = LayerNorm(width: width, epsilon: configuration.epsilon)
        activation = configuration.activation
    }

    func callAsFunction(_ x: Tensor, _ dropout: inout Dropout) -> Tensor {
        x.feedForward(up: up, activation, down: down, norm: norm, dropout: &dropout)
    }

    var cost: TokenCost { TokenCost(perToken: up.multiplyAdds + down.multiplyAdds) }
}

extension FeedForward: Parameterized {
    /// Visits both products, then the norm. Hugging Face names them like siblings of the attention,
    /// so the prefix is that of the layer.
    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        up.visitParameters(&visitor, under: prefix + "intermediate.dense.")
        down.visitParameters(&visitor, under: prefix + "output.dense.")
        norm.visitParameters(&visitor, under: prefix + "output.LayerNorm.")
    }
}
