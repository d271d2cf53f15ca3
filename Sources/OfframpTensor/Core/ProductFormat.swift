import COfframpKernels

/// The number format in which a product multiplies while it is trained.
package enum ProductFormat: String, Sendable, CaseIterable {
    /// IEEE 754 single precision.
    case float32
    /// Rounded to bfloat16 in every product, forward and backward, while weights, sums and
    /// everything else stay floats (mixed precision, Micikevicius et al. 2018).
    case bfloat16

    /// The fastest on this processor: `bfloat16` where an instruction multiplies it.
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
