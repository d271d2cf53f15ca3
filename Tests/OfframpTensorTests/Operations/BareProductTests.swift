import OfframpTensor
import Testing

@Suite struct BareProductTests {
    @Test func `a bare product is a product`() {
        // 3 rows of 70 inputs to 33 outputs: no size fills whole vectors.
        let x = MatrixReference.floats(3 * 70, seed: 1)
        let weights = MatrixReference.floats(33 * 70, seed: 2)
        let expected = MatrixReference.product(
            x.map { Double($0) }, weights.map { Double($0) }, rows: 3, outputs: 33, inputs: 70)
        // Half a step of 24, 8 and 7 bits, of numbers up to 1, summed 70 times: far above each.
        for (precision, tolerance) in [(Precision.float32, 1e-5), (.bfloat16, 0.02), (.int8, 0.03)]
        {
            var product = BareProduct(
                Tensor(x, rows: 3, columns: 70), weights: Tensor(weights, rows: 33, columns: 70),
                precision)
            product.run(times: 2)
            #expect(product.result.shape == .matrix(3, 33))
            #expect(MatrixReference.relativeError(product.result.values, expected) < tolerance)
        }
    }

    @Test func `its work is the product of its sizes`() {
        #expect(BareProduct.Size(rows: 3, outputs: 5, inputs: 7).multiplyAdds == 105)
    }
}
