import OfframpTensor
import Testing

@Suite struct MixedPrecisionTests {
    /// Whole numbers up to 127: bfloat16 holds them, and floats hold the sums of their products.
    private static func wholes(_ rows: Int, _ columns: Int, seed: UInt64) -> Tensor {
        var random = RandomSource(seed: seed)
        let values = (0..<rows * columns).map { _ in
            Float(Int.random(in: -127...127, using: &random))
        }
        return Tensor(values, rows: rows, columns: columns)
    }

    private struct Results: Equatable {
        var output: [Float] = []
        var gradients: [[Float]] = []
    }

    /// The output of a product, and the gradients of its input, weight and bias.
    private static func run(_ x: Tensor, _ weight: Tensor, _ format: ProductFormat) -> Results {
        let three = Tensor([Float](repeating: 3, count: weight.rows))
        let (input, bias) = (x.tracked(as: 0), three.tracked(as: 2))
        let output =
            format == .bfloat16
            ? input.affine(MixedWeights(weight).tracked(as: 1), bias)
            : input.affine(weight.tracked(as: 1), bias)
        // The output's gradient is this times 2 / count, a power of two.
        let distance = wholes(x.rows, weight.rows, seed: 9)
        let targets = zip(output.values, distance.values).map { $0 - $1 }
        let gradients = output.squaredError(targets).gradients()
        return Results(
            output: output.values, gradients: (0..<3).compactMap { gradients.dense[$0]?.values })
    }

    @Test func `is exact, gradients included, where the format holds its factors`() {
        let (x, weight) = (Self.wholes(32, 51, seed: 1), Self.wholes(64, 51, seed: 2))
        let found = Self.run(x, weight, .bfloat16)
        #expect(found.gradients.count == 3)
        #expect(found == Self.run(x, weight, .float32))
    }

    @Test func `rounds both factors and nothing else`() {
        // 1 + 2^-9 rounds to 1, and 3 + 2^-7 to 3; a bias is not rounded.
        let x = Tensor([1 + 0x1p-9, 1], rows: 1, columns: 2)
        let weight = Tensor([3 + 0x1p-7, 0x1p-9], rows: 1, columns: 2)
        let bias = Tensor([0x1p-12])
        #expect(x.affine(MixedWeights(weight), bias).values == [3 + 0x1p-9 + 0x1p-12])
    }
}
