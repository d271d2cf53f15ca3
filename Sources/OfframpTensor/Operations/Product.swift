import COfframpKernels

extension Tensor {
    /// The matrix product `op(self) · op(other)`, where `op` may transpose.
    ///
    /// A plain product without a gradient: operations build their forward and backward on it.
    func times(
        _ other: Tensor, transposed: Bool = false, otherTransposed: Bool = false
    ) -> Tensor {
        let (rows, inner) = transposed ? (columns, self.rows) : (self.rows, columns)
        let (otherInner, columns) =
            otherTransposed ? (other.columns, other.rows) : (other.rows, other.columns)
        precondition(inner == otherInner, "\(shape) times \(other.shape)")
        return Tensor(.matrix(rows, columns)) { result in
            offramp_gemm(
                transposed, otherTransposed, rows, columns, inner, pointer, self.columns,
                other.pointer, other.columns, false, result, columns)
        }
    }
}
