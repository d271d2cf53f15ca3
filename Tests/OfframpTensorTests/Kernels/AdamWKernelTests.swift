import COfframpKernels
import Glibc
import Testing

@Suite struct AdamWKernelTests {
    @Test(arguments: [0, 1, 7, 33, 384])
    func `five steps equal the paper's formulas`(count: Int) {
        var state = AdamWCase(count)
        for step in 1...5 { state.advance(step) }
        #expect(MatrixReference.largestError(state.parameters, state.expected) < 1e-6)
    }

    @Test(arguments: [1e-4, 1, 1e10] as [Float])
    func `the first step has the length of the learning rate, whatever the gradient's size`(
        gradient: Float
    ) {
        var (parameter, first, second): ([Float], [Float], [Float]) = ([1], [0], [0])
        offramp_adamw(
            1, &parameter, [gradient], &first, &second, 1, 0.01, 0.9, 0.999, 1e-8, 0, 0.1, 0.001)
        #expect(abs(parameter[0] - 0.99) < 1e-5)
    }

    @Test func `without gradients only the decay remains`() {
        var (parameter, first, second): ([Float], [Float], [Float]) = ([2], [0], [0])
        offramp_adamw(
            1, &parameter, [0], &first, &second, 1, 0.1, 0.9, 0.999, 1e-8, 0.5, 0.1, 0.001)
        #expect(parameter == [1.9])
    }
}

/// Parameters beside their double-precision reference (Loshchilov and Hutter, 2019, algorithm 2).
private struct AdamWCase {
    var parameters, first, second: [Float]
    var expected, m, v: [Double]

    init(_ count: Int) {
        parameters = MatrixReference.floats(count, seed: 1)
        expected = parameters.map(Double.init)
        first = [Float](repeating: 0, count: count)
        second = first
        m = first.map(Double.init)
        v = m
    }

    mutating func advance(_ step: Int) {
        let gradient = MatrixReference.floats(parameters.count, seed: UInt64(10 + step))
        let corrections = (1 - pow(0.9, Double(step)), 1 - pow(0.999, Double(step)))
        offramp_adamw(
            parameters.count, &parameters, gradient, &first, &second, 0.5, 0.01, 0.9, 0.999, 1e-8,
            0.1,
            Float(corrections.0), Float(corrections.1))
        for index in expected.indices {
            let g = 0.5 * Double(gradient[index])
            m[index] = 0.9 * m[index] + 0.1 * g
            v[index] = 0.999 * v[index] + 0.001 * g * g
            let update = m[index] / corrections.0 / ((v[index] / corrections.1).squareRoot() + 1e-8)
            expected[index] -= 0.01 * (update + 0.1 * expected[index])
        }
    }
}
