import COfframpKernels

/// Trainable weights of a product and their roundings to bfloat16, packed once for all products of a
/// step that read them: `x Wᵀ`, and `y W` for the gradient of `x`.
public struct MixedWeights: Sendable {
    /// The weights themselves, `[outputs, inputs]`.
    public let tensor: Tensor
    /// `Wᵀ` as the second factor of a product.
    let transposed: PackedFactor
    /// `W` as the second factor of a product.
    let straight: PackedFactor

    /// Rounds and packs the weights.
    public init(_ tensor: Tensor) {
        self.tensor = tensor
        transposed = PackedFactor(tensor, transposed: true, factors: .bfloat16)
        straight = PackedFactor(tensor, transposed: false, factors: .bfloat16)
    }

    /// The same values with their place on a tape.
    public func tracked(as leaf: Int) -> MixedWeights {
        MixedWeights(tensor: tensor.tracked(as: leaf), transposed: transposed, straight: straight)
    }

    private init(tensor: Tensor, transposed: PackedFactor, straight: PackedFactor) {
        (self.tensor, self.transposed, self.straight) = (tensor, transposed, straight)
    }
}

/// A matrix, or its transpose, in the form in which products read their second factor.
struct PackedFactor: Sendable {
    private let block: AlignedBytes
    private let (depth, columns): (Int, Int)
    private let factors: Factors

    init(_ matrix: Tensor, transposed: Bool, factors: Factors) {
        let (depth, columns) =
            transposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
        (self.depth, self.columns, self.factors) = (depth, columns, factors)
        block = AlignedBytes(
            count: offramp_gemm_packed_bytes(factors.kernel, columns, depth)
        ) { bytes in
            offramp_gemm_pack(
                Processor.path, factors.kernel, transposed, columns, depth, matrix.pointer,
                matrix.columns, bytes)
        }
    }

    /// The product of a matrix and this one, without a gradient.
    func multiplied(by matrix: Tensor) -> Tensor {
        precondition(matrix.columns == depth, "\(matrix.shape) times [\(depth), \(columns)]")
        return Tensor(.matrix(matrix.rows, columns)) { result in
            withExtendedLifetime(block) {
                offramp_gemm_packed(
                    Processor.path, factors.kernel, matrix.rows, columns, depth,
                    matrix.pointer, depth, block.start, result, columns)
            }
        }
    }
}
