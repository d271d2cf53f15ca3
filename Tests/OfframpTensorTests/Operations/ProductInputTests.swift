import OfframpTensor
import Testing

@Suite struct ProductInputTests {
    @Test func `a prepared product is a product, however often it runs`() {
        // 3 rows of 70 inputs to 33 outputs: no size fills whole vectors.
        let x = MatrixReference.floats(3 * 70, seed: 1)
        let weights = MatrixReference.floats(33 * 70, seed: 2)
        let expected = MatrixReference.product(
            x.map { Double($0) }, weights.map { Double($0) }, rows: 3, outputs: 33, inputs: 70)
        // Half a step of 24, 8 and 7 bits, of numbers up to 1, summed 70 times: far above each.
        for (precision, tolerance) in [(Precision.float32, 1e-5), (.bfloat16, 0.02), (.int8, 0.03)]
        {
            let input = ProductInput(Tensor(x, rows: 3, columns: 70), for: precision)
            input.prepare(0..<3)
            let packed = PackedWeights(Tensor(weights, rows: 33, columns: 70), precision)
            let bias = Tensor(.vector(33), repeating: 0)
            var result = Tensor(unset: .matrix(3, 33))
            for _ in 0..<2 {
                input.multiply(0..<3, packed, bias, .identity, into: result.exclusivePointer())
            }
            #expect(MatrixReference.relativeError(result.values, expected) < tolerance)
        }
    }
}
