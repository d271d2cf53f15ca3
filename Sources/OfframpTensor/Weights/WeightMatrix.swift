/// The matrix of a linear map or of an embedding table; its precision is its own affair.
package enum WeightMatrix: Sendable {
    /// Trainable rows of `Float`.
    case float32(Tensor)
    /// Trainable rows of `Float` that are rounded to bfloat16 in products, gradients included.
    case mixed(MixedWeights)
    /// Weights of a product in the processor's layout, for inference.
    case packed(PackedWeights)
    /// Quantised rows where they lie in a file, for look-ups.
    case quantized(QuantizedRows)

    /// Rows and columns: `[outputs, inputs]` or `[entries, width]`.
    package var shape: Shape {
        switch self {
        case .float32(let tensor): tensor.shape
        case .mixed(let weights): weights.tensor.shape
        case .packed(let weights): weights.shape
        case .quantized(let rows): rows.shape
        }
    }

    /// The trainable rows; only inference has others.
    package var tensor: Tensor {
        switch self {
        case .float32(let tensor): return tensor
        case .mixed(let weights): return weights.tensor
        case .packed, .quantized:
            preconditionFailure("weights that are packed for inference cannot be trained or saved")
        }
    }
}
