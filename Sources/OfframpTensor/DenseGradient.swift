import COfframpKernels

/// The gradient of a whole tensor, as a sum whose products are taken when it is asked for.
///
/// The gradients of weights are the largest results of training, each a product over all rows of a
/// batch. Where workers share the batch, one sum over the rows of all of them is written once;
/// taken early it would be a sum for each worker, to be read again and added up.
public struct DenseGradient: Sendable {
    private var sum: Tensor?
    private var products: [GradientProduct] = []

    /// No terms yet.
    init() {}

    /// One term.
    init(_ product: GradientProduct) { products = [product] }

    mutating func add(_ term: Tensor) { sum.accumulate(term) }

    mutating func add(_ product: GradientProduct) { products.append(product) }

    mutating func add(_ other: DenseGradient) {
        if let term = other.sum { sum.accumulate(term) }
        products += other.products
    }

    /// All terms added up.
    public var tensor: Tensor {
        guard let first = products.first else {
            guard let sum else { preconditionFailure("a gradient without a term") }
            return sum
        }
        var result = Optional(
            Tensor(first.shape) { result in
                withExtendedLifetime(products) {
                    let terms = products.map(\.term)
                    offramp_gemm(
                        Processor.path, first.factors.kernel, true, false, first.shape.rows,
                        first.shape.columns, terms.count, terms, result, first.shape.columns)
                }
            })
        if let sum { result.accumulate(sum) }
        return result ?? .empty
    }

    /// The elements of the sum, row by row.
    public var values: [Float] { tensor.values }
}

/// The gradient of the weights of a linear map, `gradientᵀ · input`.
struct GradientProduct: Sendable {
    /// Of the map's results, `[rows, outputs]`.
    let gradient: Tensor
    /// `[rows, inputs]`.
    let input: Tensor
    let factors: Factors

    /// `[outputs, inputs]`.
    var shape: Shape { .matrix(gradient.columns, input.columns) }

    /// Valid as long as this value.
    var term: offramp_gemm_term {
        offramp_gemm_term(
            a: gradient.pointer, lda: gradient.columns, b: input.pointer, ldb: input.columns,
            depth: input.rows)
    }
}
