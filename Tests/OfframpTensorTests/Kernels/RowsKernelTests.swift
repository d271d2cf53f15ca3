import COfframpKernels
import Testing

@Suite struct RowsKernelTests {
    static let widths = [1, 7, 33, 384]

    @Test(arguments: widths)
    func `gathered rows are added, also one of them twice`(width: Int) {
        let table = MatrixReference.floats(9 * width, seed: 1)
        let before = MatrixReference.floats(4 * width, seed: 2)
        let indices: [Int32] = [8, 0, 0, 5]
        var y = before
        offramp_gather_add_rows(4, width, indices, table, &y)
        for index in y.indices {
            let row = Int(indices[index / width])
            #expect(y[index] == before[index] + table[row * width + index % width])
        }
    }

    @Test(arguments: widths)
    func `gather takes rows in any order; compaction works in place`(width: Int) {
        let x = MatrixReference.floats(6 * width, seed: 3)
        var y = [Float](repeating: .nan, count: 3 * width)
        offramp_gather_rows(3, width, [5, 0, 5], x, &y)
        #expect(y == rows([5, 0, 5], of: x, width))
        var compacted = x
        compacted.withUnsafeMutableBufferPointer {
            offramp_gather_rows(3, width, [1, 2, 5], $0.baseAddress, $0.baseAddress)
        }
        #expect(Array(compacted.prefix(3 * width)) == rows([1, 2, 5], of: x, width))
    }

    @Test(arguments: widths)
    func `scatter adds, also twice to one row`(width: Int) {
        let dy = MatrixReference.floats(3 * width, seed: 4)
        var dx = [Float](repeating: 1, count: 4 * width)
        offramp_scatter_add_rows(3, width, [2, 0, 2], dy, &dx)
        for c in 0..<width {
            #expect(dx[2 * width + c] == 1 + dy[c] + dy[2 * width + c])
            #expect(dx[c] == 1 + dy[width + c])
            #expect(dx[width + c] == 1 && dx[3 * width + c] == 1)
        }
    }

    private func rows(_ indices: [Int], of x: [Float], _ width: Int) -> [Float] {
        indices.flatMap { x[$0 * width..<($0 + 1) * width] }
    }
}
