/// The matrix of a linear map or of an embedding table, in any precision.
package enum WeightMatrix: Sendable {
    /// Trainable rows of `Float`.
    case float32(Tensor)
    /// Trainable rows of `Float` that products, including those of gradients, round to bfloat16.
    case mixed(MixedWeights)
    /// Weights packed for products at inference.
    case packed(PackedWeights)
    /// Quantised rows in a mapped file, for look-ups.
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

    /// Whether it holds floats that can be trained and averaged, not a form for inference.
    package var isTrainable: Bool {
        switch self {
        case .float32, .mixed: true
        case .packed, .quantized: false
        }
    }

    /// The trainable floats; matrices for inference have none.
    package var tensor: Tensor {
        switch self {
        case .float32(let tensor): return tensor
        case .mixed(let weights): return weights.tensor
        case .packed, .quantized:
            preconditionFailure("weights that are packed for inference cannot be trained or saved")
        }
    }
}
