import COfframpKernels
import Testing

@Suite struct PoolingKernelTests {
    static let widths = [1, 7, 33, 384]
    static let starts: [Int32] = [0, 1, 1, 6, 23]

    @Test(arguments: widths)
    func `mean and maximum of each text's rows, with where the maximum was`(width: Int) {
        let x = MatrixReference.floats(23 * width, seed: 1)
        var y = [Float](repeating: .nan, count: 8 * width)
        var argmax = [Int32](repeating: -7, count: 4 * width)
        offramp_mean_max(4, width, Self.starts, x, &y, &argmax)
        for text in 0..<4 {
            let range = Int(Self.starts[text])..<Int(Self.starts[text + 1])
            for c in 0..<width {
                let column = range.map { x[$0 * width + c] }
                let mean = column.reduce(0.0) { $0 + Double($1) } / Double(max(column.count, 1))
                let row = range.first { x[$0 * width + c] == column.max() }
                #expect(abs(Double(y[2 * text * width + c]) - mean) < 1e-6)
                #expect(y[(2 * text + 1) * width + c] == column.max() ?? 0)
                #expect(argmax[text * width + c] == Int32(row ?? -1))
            }
        }
        var alone = y
        offramp_mean_max(4, width, Self.starts, x, &alone, nil)
        #expect(alone == y)
    }

    @Test func `the first of equal rows holds the maximum`() {
        var y: [Float] = [0, 0]
        var argmax: [Int32] = [-1]
        offramp_mean_max(1, 1, [0, 3], [-2, -2, -2], &y, &argmax)
        #expect(y == [-2, -2])
        #expect(argmax == [0])
    }

    @Test(arguments: widths)
    func `the gradient spreads the mean and returns the maximum to its row`(width: Int) {
        let x = MatrixReference.floats(23 * width, seed: 2)
        let dy = MatrixReference.floats(8 * width, seed: 3)
        var y = [Float](repeating: 0, count: 8 * width)
        var argmax = [Int32](repeating: 0, count: 4 * width)
        offramp_mean_max(4, width, Self.starts, x, &y, &argmax)
        var dx = [Float](repeating: .nan, count: 23 * width)
        offramp_mean_max_gradient(4, width, Self.starts, dy, argmax, &dx)
        for text in 0..<4 {
            let range = Int(Self.starts[text])..<Int(Self.starts[text + 1])
            for row in range {
                for c in 0..<width {
                    let mean = dy[2 * text * width + c] / Float(range.count)
                    let isMaximum = argmax[text * width + c] == Int32(row)
                    let expected = mean + (isMaximum ? dy[(2 * text + 1) * width + c] : 0)
                    #expect(abs(dx[row * width + c] - expected) < 1e-6)
                }
            }
        }
    }
}
