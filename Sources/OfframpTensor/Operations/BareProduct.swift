/// A product of random numbers of which all but the multiplying is done beforehand: what shows how
/// fast a processor multiplies.
public struct BareProduct: ~Copyable {
    /// The sizes of a product.
    public struct Size: Sendable, Equatable {
        /// Rows of the input and of the result.
        public let rows: Int
        /// Columns of the result.
        public let outputs: Int
        /// Columns of the input.
        public let inputs: Int

        /// Sizes from 1 on.
        public init(rows: Int, outputs: Int, inputs: Int) {
            precondition(rows > 0 && outputs > 0 && inputs > 0, "an empty product")
            (self.rows, self.outputs, self.inputs) = (rows, outputs, inputs)
        }

        /// The multiply-adds of one such product.
        public var multiplyAdds: Double { Double(rows * outputs) * Double(inputs) }
    }

    private let input: ProductInput
    private let weights: PackedWeights
    private let bias: Tensor
    /// Of the last run, `[rows, outputs]`.
    package private(set) var result: Tensor

    /// Makes random input and weights ready.
    public init(_ size: Size, _ precision: Precision) {
        var random = RandomSource(seed: 1)
        func matrix(_ rows: Int, _ columns: Int) -> Tensor {
            Tensor(.matrix(rows, columns)) { values in
                for index in 0..<rows * columns { values[index] = random.normal() }
            }
        }
        self.init(
            matrix(size.rows, size.inputs), weights: matrix(size.outputs, size.inputs), precision)
    }

    /// Makes `x`, `[rows, inputs]`, and weights, `[outputs, inputs]`, ready.
    package init(_ x: Tensor, weights: Tensor, _ precision: Precision) {
        input = ProductInput(x, for: precision)
        input.prepare(0..<x.rows)
        self.weights = PackedWeights(weights, precision)
        bias = Tensor(.vector(weights.rows), repeating: 0)
        result = Tensor(unset: .matrix(x.rows, weights.rows))
    }

    /// Computes the product so many times, each over the last.
    public mutating func run(times: Int) {
        let values = result.exclusivePointer()
        for _ in 0..<times {
            input.multiply(0..<result.rows, weights, bias, .identity, into: values)
        }
    }
}
