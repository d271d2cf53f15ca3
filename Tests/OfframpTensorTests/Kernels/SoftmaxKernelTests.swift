import COfframpKernels
import Glibc
import Testing

@Suite struct SoftmaxKernelTests {
    @Test(arguments: RowsSize.all)
    func `softmax equals the formula, also in place`(size: RowsSize) {
        var y = size.floats(seed: 1, factor: 20)
        let expected = Self.logSoftmax(y, size.width).map(exp)
        y.withUnsafeMutableBufferPointer {
            offramp_softmax(size.rows, size.width, $0.baseAddress, $0.baseAddress)
        }
        #expect(MatrixReference.largestError(y, expected) < 1e-6)
    }

    @Test(arguments: RowsSize.all)
    func `log-softmax equals the formula, also in place`(size: RowsSize) {
        var y = size.floats(seed: 2, factor: 20)
        let expected = Self.logSoftmax(y, size.width)
        y.withUnsafeMutableBufferPointer {
            offramp_log_softmax(size.rows, size.width, $0.baseAddress, $0.baseAddress)
        }
        #expect(MatrixReference.largestError(y, expected) < 1e-5)
    }

    static let edges: [(x: [Float], softmax: [Float])] = [
        ([1e38, -1e38], [1, 0]), ([3e38, 3e38], [0.5, 0.5]), ([-1000, -1000], [0.5, 0.5]),
        ([-.infinity, 0, -.infinity], [0, 1, 0]), ([.nan, 0], [.nan, .nan]),
        ([-.infinity, -.infinity], [.nan, .nan]), ([42], [1]),
    ]

    @Test(arguments: edges)
    func `the ends of the range overflow nowhere`(x: [Float], softmax: [Float]) {
        var y = x
        offramp_softmax(1, x.count, x, &y)
        #expect(zip(y, softmax).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }, "\(y)")
    }

    @Test func `log-softmax keeps what softmax rounds to 0`() {
        var y: [Float] = [0, 0]
        offramp_log_softmax(1, 2, [0, -500], &y)
        #expect(y == [0, -500])
    }

    static func logSoftmax(_ x: [Float], _ width: Int) -> [Double] {
        stride(from: 0, to: x.count, by: width).flatMap { start -> [Double] in
            let row = x[start..<start + width].map(Double.init)
            let maximum = row.reduce(-.infinity, max)
            let total = row.reduce(0) { $0 + exp($1 - maximum) }
            return row.map { $0 - maximum - log(total) }
        }
    }
}
