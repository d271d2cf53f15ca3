import OfframpTensor

/// The feed-forward network of a layer: up, activation, down, added to its input and normalised.
public struct BertFeedForward: Sendable {
    var up: Linear
    var down: Linear
    let activation: Activation

    init(_ configuration: BertConfiguration) {
        up = Linear(inputs: configuration.width, outputs: configuration.feedForwardWidth)
        down = Linear(inputs: configuration.feedForwardWidth, outputs: configuration.width)
        activation = configuration.activation
    }

    func callAsFunction(_ x: Tensor, _ norm: LayerNorm, _ dropout: inout Dropout) -> Tensor {
        x.feedForward(up: up, activation, down: down, norm: norm, dropout: &dropout)
    }

    var cost: TokenCost { TokenCost(perToken: up.multiplyAdds + down.multiplyAdds) }
}
