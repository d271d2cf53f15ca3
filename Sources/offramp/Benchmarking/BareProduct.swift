import OfframpTensor

/// A prepared product of random matrices: running it measures pure multiplication speed.
struct BareProduct: ~Copyable {
    /// The sizes of a product.
    struct Size: Sendable {
        /// Rows of the input and of the result.
        let rows: Int
        /// Columns of the result.
        let outputs: Int
        /// Columns of the input.
        let inputs: Int

        /// The multiply-adds of one such product.
        var multiplyAdds: Double { Double(rows * outputs) * Double(inputs) }
    }

    private let input: ProductInput
    private let weights: PackedWeights
    private let bias: Tensor
    /// `[rows, outputs]`.
    private var result: Tensor

    /// Draws and prepares input and weights.
    init(_ size: Size, _ precision: Precision) {
        var random = RandomSource(seed: 1)
        func matrix(_ rows: Int, _ columns: Int) -> Tensor {
            Tensor(.matrix(rows, columns)) { values in
                for index in 0..<rows * columns { values[index] = random.normal() }
            }
        }
        input = ProductInput(matrix(size.rows, size.inputs), for: precision)
        input.prepare(0..<size.rows)
        weights = PackedWeights(matrix(size.outputs, size.inputs), precision)
        bias = Tensor(.vector(size.outputs), repeating: 0)
        result = Tensor(unset: .matrix(size.rows, size.outputs))
    }

    /// Computes the product the given number of times, always into the same memory.
    mutating func run(times: Int) {
        let values = result.exclusivePointer()
        for _ in 0..<times {
            input.multiply(0..<result.rows, weights, bias, .identity, into: values)
        }
    }
}
