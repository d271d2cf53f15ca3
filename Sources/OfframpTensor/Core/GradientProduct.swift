import COfframpKernels

/// The gradient of the weights of a linear map, `gradientᵀ · input`.
struct GradientProduct: Sendable {
    /// The gradient of the map's results, `[rows, outputs]`.
    let gradient: Tensor
    /// `[rows, inputs]`.
    let input: Tensor
    let format: ProductFormat

    /// `[outputs, inputs]`.
    var shape: Shape { .matrix(gradient.columns, input.columns) }

    /// The product for the kernel; valid while this value is alive.
    var term: offramp_gemm_term {
        offramp_gemm_term(
            a: gradient.pointer, lda: gradient.columns, b: input.pointer, ldb: input.columns,
            depth: input.rows)
    }
}
