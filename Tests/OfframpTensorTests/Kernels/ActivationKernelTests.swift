import COfframpKernels
import Testing

@Suite struct ActivationKernelTests {
    static let points: [Float] =
        (0...2000).map { Float($0) * 0.01 - 10 } + [0, -0.0, 1e-30, -1e-30, 30, -30, 1e20, -1e20]

    @Test(arguments: MatrixReference.activations)
    func `each equals its formula on the whole range`(kind: offramp_activation) {
        let x = Self.points
        var y = [Float](repeating: .nan, count: x.count)
        offramp_activate(kind, x.count, x, &y)
        for (found, point) in zip(y, x) {
            let expected = MatrixReference.activation(kind, Double(point))
            #expect(abs(Double(found) - expected) <= 2e-6 * max(1, abs(expected)), "at \(point)")
        }
    }

    @Test(arguments: MatrixReference.activations)
    func `each may write over its input, at any count`(kind: offramp_activation) {
        for count in [0, 1, 15, 16, 33, 100] {
            let x = MatrixReference.floats(count, seed: 1, factor: 4)
            var expected = x
            offramp_activate(kind, count, x, &expected)
            var y = x
            y.withUnsafeMutableBufferPointer {
                offramp_activate(kind, count, $0.baseAddress, $0.baseAddress)
            }
            #expect(y == expected)
        }
    }

    @Test(
        arguments: MatrixReference.activations
    )
    func `an entry is the same to the bit wherever it stands`(kind: offramp_activation) {
        let x = [Float](repeating: 0.731, count: 77)
        var y = x
        offramp_activate(kind, x.count, x, &y)
        #expect(Set(y).count == 1)
    }

    @Test(arguments: MatrixReference.activations)
    func `each gradient is the slope times dy`(kind: offramp_activation) {
        let x = Self.points.filter { abs($0) > 1e-3 && abs($0) < 20 }
        let dy = MatrixReference.floats(x.count, seed: 2, factor: 3)
        var dx = dy
        dx.withUnsafeMutableBufferPointer {
            offramp_activate_gradient(kind, x.count, $0.baseAddress, x, $0.baseAddress)
        }
        let expected = zip(x, dy).map { point, dy in
            NumericalGradient.of([point], [dy]) { [MatrixReference.activation(kind, $0[0])] }[0]
        }
        #expect(MatrixReference.largestError(dx, expected) < 1e-5)
    }

    @Test(arguments: [1e4 as Float, 1e19])
    func `far from 0 the slope is exactly 0 or 1`(point: Float) {
        for kind in [OFFRAMP_GELU, OFFRAMP_GELU_TANH, OFFRAMP_RELU, OFFRAMP_TANH] {
            var dx: [Float] = [0, 0]
            offramp_activate_gradient(kind, 2, [1, 1], [point, -point], &dx)
            #expect(dx == (kind == OFFRAMP_TANH ? [0, 0] : [1, 0]), "\(kind)")
        }
    }

    @Test(arguments: [OFFRAMP_GELU, OFFRAMP_GELU_TANH, OFFRAMP_TANH])
    func `NaN stays NaN`(kind: offramp_activation) {
        var y: [Float] = [0]
        offramp_activate(kind, 1, [.nan], &y)
        #expect(y[0].isNaN)
    }
}
