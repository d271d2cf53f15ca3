/// The matrix of a linear map or of an embedding table; its precision is its own affair.
public enum WeightMatrix: Sendable {
    /// Trainable rows of `Float`.
    case float32(Tensor)

    /// Rows and columns: `[outputs, inputs]` or `[entries, width]`.
    public var shape: Shape {
        switch self {
        case .float32(let tensor): tensor.shape
        }
    }

    /// The rows as floats, for operations with gradients.
    var tensor: Tensor {
        switch self {
        case .float32(let tensor): tensor
        }
    }
}
