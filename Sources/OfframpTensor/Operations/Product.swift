import COfframpKernels

extension Tensor {
    /// The matrix product `self · op(other)`, where `op` may transpose.
    ///
    /// A plain product without a gradient: operations build their forward and backward on it.
    func times(_ other: Tensor, otherTransposed: Bool = false) -> Tensor {
        let (inner, columns) =
            otherTransposed ? (other.columns, other.rows) : (other.rows, other.columns)
        precondition(self.columns == inner, "\(shape) times \(other.shape)")
        return Tensor(.matrix(rows, columns)) { result in
            let term = offramp_gemm_term(
                a: pointer, lda: inner, b: other.pointer, ldb: other.columns, depth: inner)
            withUnsafePointer(to: term) {
                offramp_gemm(
                    Processor.path, Factors.float32.kernel, false, otherTransposed, rows, columns,
                    1, $0, result, columns)
            }
        }
    }
}

/// The number format in which a product multiplies while it is trained.
public enum Factors: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32
    /// Rounded to bfloat16 in every product, forward and backward, while weights, sums and
    /// everything else stay floats (mixed precision, Micikevicius et al. 2018).
    case bfloat16

    /// The fastest on this processor: `bfloat16` where an instruction multiplies it.
    public static var fastest: Factors {
        offramp_path_is_supported(OFFRAMP_PATH_AVX512_BF16) ? .bfloat16 : .float32
    }

    var kernel: offramp_product_format {
        switch self {
        case .float32: OFFRAMP_PRODUCT_FLOAT32
        case .bfloat16: OFFRAMP_PRODUCT_BFLOAT16
        }
    }
}
