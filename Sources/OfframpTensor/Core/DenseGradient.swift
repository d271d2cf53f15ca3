import COfframpKernels

/// The gradient of a whole tensor: a sum whose products are computed on demand.
///
/// The gradients of weights are the largest results of training, each a product over all rows of a
/// batch. When workers share a batch, one sum over the rows of all of them is written once;
/// computed early, it would be one sum per worker, to be read again and added.
package struct DenseGradient: Sendable {
    private var sum: Tensor?
    private var products: [GradientProduct] = []

    /// A sum without terms.
    init() {}

    /// A sum of one product.
    init(_ product: GradientProduct) { products = [product] }

    mutating func add(_ term: Tensor) { sum.accumulate(term) }

    mutating func add(_ product: GradientProduct) { products.append(product) }

    mutating func add(_ other: DenseGradient) {
        if let term = other.sum { sum.accumulate(term) }
        products += other.products
    }

    /// All terms added up.
    package var tensor: Tensor {
        guard let first = products.first else {
            guard let sum else { preconditionFailure("a gradient without a term") }
            return sum
        }
        var result = Optional(
            Tensor(first.shape) { result in
                withExtendedLifetime(products) {
                    let terms = products.map(\.term)
                    offramp_gemm(
                        Processor.path, first.format.kernel, true, false, first.shape.rows,
                        first.shape.columns, terms.count, terms, result, first.shape.columns)
                }
            })
        if let sum { result.accumulate(sum) }
        return result ?? .empty
    }

    /// The elements of the sum, row by row.
    package var values: [Float] { tensor.values }
}
