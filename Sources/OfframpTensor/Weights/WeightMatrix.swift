/// The matrix of a linear map or of an embedding table; its precision is its own affair.
public enum WeightMatrix: Sendable {
    /// Trainable rows of `Float`.
    case float32(Tensor)
    /// Weights of a product in the processor's layout, for inference.
    case packed(PackedWeights)
    /// Quantised rows where they lie in a file, for look-ups.
    case quantized(QuantizedRows)

    /// Rows and columns: `[outputs, inputs]` or `[entries, width]`.
    public var shape: Shape {
        switch self {
        case .float32(let tensor): tensor.shape
        case .packed(let weights): weights.shape
        case .quantized(let rows): rows.shape
        }
    }

    /// The trainable rows; only inference has others.
    var tensor: Tensor {
        guard case .float32(let tensor) = self else {
            preconditionFailure("weights that are packed for inference cannot be trained or saved")
        }
        return tensor
    }
}
