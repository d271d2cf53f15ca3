import COfframpKernels

extension Tensor {
    /// The matrix product `self · op(other)`, where `op` may transpose.
    ///
    /// Without a gradient: operations build their forward and backward passes from it.
    func times(_ other: Tensor, otherTransposed: Bool = false) -> Tensor {
        let (inner, columns) =
            otherTransposed ? (other.columns, other.rows) : (other.rows, other.columns)
        precondition(self.columns == inner, "\(shape) times \(other.shape)")
        return Tensor(.matrix(rows, columns)) { result in
            let term = offramp_gemm_term(
                a: pointer, lda: inner, b: other.pointer, ldb: other.columns, depth: inner)
            withUnsafePointer(to: term) {
                offramp_gemm(
                    Processor.path, ProductFormat.float32.kernel, false, otherTransposed, rows,
                    columns,
                    1, $0, result, columns)
            }
        }
    }
}
