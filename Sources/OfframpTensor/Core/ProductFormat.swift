import COfframpKernels

/// The number format in which trained products and attention multiply their factors.
package enum ProductFormat: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32
    /// Factors are rounded to bfloat16, forward and backward; weights, sums and everything else
    /// stay floats (mixed precision, Micikevicius et al. 2018).
    case bfloat16

    /// The fastest format of this processor: `bfloat16` if it has an instruction for it.
    package static var fastest: ProductFormat {
        offramp_path_is_supported(OFFRAMP_PATH_AVX512_BF16) ? .bfloat16 : .float32
    }

    var kernel: offramp_product_format {
        switch self {
        case .float32: OFFRAMP_PRODUCT_FLOAT32
        case .bfloat16: OFFRAMP_PRODUCT_BFLOAT16
        }
    }
}
