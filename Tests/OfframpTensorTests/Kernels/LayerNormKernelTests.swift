import COfframpKernels
import Testing

@Suite struct LayerNormKernelTests {
    @Test(arguments: RowsSize.all)
    func `equals the formula, also in place`(size: RowsSize) {
        let norm = NormCase(size)
        var y = norm.x
        var statistics = [Float](repeating: .nan, count: 2 * size.rows)
        y.withUnsafeMutableBufferPointer {
            offramp_layer_norm(
                size.rows, size.width, $0.baseAddress, norm.weight, norm.bias, 1e-5,
                $0.baseAddress, &statistics)
        }
        #expect(MatrixReference.largestError(y, norm.expected()) < 1e-5)
        #expect(statistics.allSatisfy { $0.isFinite })
    }

    @Test(arguments: RowsSize.all)
    func `of a sum equals the norm of the sum`(size: RowsSize) {
        let norm = NormCase(size)
        let residual = size.floats(seed: 5)
        let x = zip(norm.x, residual).map { $0 - $1 }
        var y = x
        y.withUnsafeMutableBufferPointer {
            offramp_add_layer_norm(
                size.rows, size.width, $0.baseAddress, residual, norm.weight, norm.bias, 1e-5,
                $0.baseAddress)
        }
        #expect(MatrixReference.largestError(y, norm.expected()) < 2e-4)
    }

    @Test func `equal entries give the bias; a large mean costs no digits`() {
        var y: [Float] = [0, 0, 0]
        offramp_layer_norm(1, 3, [7, 7, 7], [2, 2, 2], [1, -1, 0.5], 1e-12, &y, nil)
        #expect(y == [1, -1, 0.5])
        offramp_layer_norm(
            1, 3, [1_000_000, 1_000_001, 1_000_002], [1, 1, 1], [0, 0, 0], 0, &y, nil)
        #expect(MatrixReference.largestError(y, [-1.5.squareRoot(), 0, 1.5.squareRoot()]) < 1e-6)
    }

    @Test(arguments: RowsSize.all.filter { $0.count < 400 && $0.width > 1 })
    func `the gradient equals central differences and adds to the parameters'`(size: RowsSize) {
        let norm = NormCase(size)
        let dy = size.floats(seed: 6)
        let (dx, dweight, dbias) = norm.gradient(dy, parameters: 10)
        let expected = NumericalGradient.of(norm.x, dy) { norm.expected(x: $0) }
        #expect(MatrixReference.largestError(dx, expected) < 1e-4)
        let weight = NumericalGradient.of(norm.weight, dy) { norm.expected(weight: $0) }
        #expect(MatrixReference.largestError(dweight.map { $0 - 10 }, weight) < 2e-5)
        let bias = NumericalGradient.of(norm.bias, dy) { norm.expected(bias: $0) }
        #expect(MatrixReference.largestError(dbias.map { $0 - 10 }, bias) < 2e-5)
    }
}

private struct NormCase {
    let size: RowsSize
    let x, weight, bias: [Float]

    init(_ size: RowsSize) {
        self.size = size
        x = size.floats(seed: 1, factor: 3)
        weight = MatrixReference.floats(size.width, seed: 2)
        bias = MatrixReference.floats(size.width, seed: 3)
    }

    func expected(x: [Double]? = nil, weight: [Double]? = nil, bias: [Double]? = nil) -> [Double] {
        let x = x ?? self.x.map(Double.init)
        let weight = weight ?? self.weight.map(Double.init)
        let bias = bias ?? self.bias.map(Double.init)
        return (0..<size.rows).flatMap { row -> [Double] in
            let entries = x[row * size.width..<(row + 1) * size.width]
            let mean = entries.reduce(0, +) / Double(size.width)
            let squares = entries.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let deviation = (squares / Double(size.width) + 1e-5).squareRoot()
            return entries.enumerated().map { ($1 - mean) / deviation * weight[$0] + bias[$0] }
        }
    }

    /// Gradients; those of the parameters start at `parameters`, and dx overwrites dy.
    func gradient(_ dy: [Float], parameters: Float) -> ([Float], [Float], [Float]) {
        var y = x
        var statistics = [Float](repeating: 0, count: 2 * size.rows)
        offramp_layer_norm(size.rows, size.width, x, weight, bias, 1e-5, &y, &statistics)
        var dx = dy
        var dweight = [Float](repeating: parameters, count: size.width)
        var dbias = dweight
        dx.withUnsafeMutableBufferPointer {
            offramp_layer_norm_gradient(
                size.rows, size.width, $0.baseAddress, x, weight, statistics, $0.baseAddress,
                &dweight, &dbias)
        }
        return (dx, dweight, dbias)
    }
}
