import COfframpKernels

/// A matrix, or its transpose, in the layout in which products read their second factor.
struct PackedFactor: Sendable {
    private let block: AlignedBytes
    private let (depth, columns): (Int, Int)
    private let format: ProductFormat

    init(_ matrix: Tensor, transposed: Bool, format: ProductFormat) {
        let (depth, columns) =
            transposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
        (self.depth, self.columns, self.format) = (depth, columns, format)
        block = AlignedBytes(
            count: offramp_gemm_packed_bytes(format.kernel, columns, depth)
        ) { bytes in
            offramp_gemm_pack(
                Processor.path, format.kernel, transposed, columns, depth, matrix.pointer,
                matrix.columns, bytes)
        }
    }

    /// The product of a matrix and this one, without a gradient.
    func multiplied(by matrix: Tensor) -> Tensor {
        precondition(matrix.columns == depth, "\(matrix.shape) times [\(depth), \(columns)]")
        return Tensor(.matrix(matrix.rows, columns)) { result in
            withExtendedLifetime(block) {
                offramp_gemm_packed(
                    Processor.path, format.kernel, matrix.rows, columns, depth,
                    matrix.pointer, depth, block.start, result, columns)
            }
        }
    }
}
