import COpenBLAS

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
            cblas_sgemm(
                CblasRowMajor, transposed ? CblasTrans : CblasNoTrans,
                otherTransposed ? CblasTrans : CblasNoTrans,
                Int32(rows), Int32(columns), Int32(inner), 1, pointer, Int32(self.columns),
                other.pointer, Int32(other.columns), 0, result, Int32(columns))
        }
    }
}
