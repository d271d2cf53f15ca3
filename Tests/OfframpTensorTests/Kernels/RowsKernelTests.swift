import COfframpKernels
import Testing

@Suite struct RowsKernelTests {
    static let widths = [1, 7, 33, 384]

    @Test(arguments: widths)
    func `embed adds one row of each table`(width: Int) {
        let tables = (0..<3).map { MatrixReference.floats(9 * width, seed: UInt64($0)) }
        let indices: [[Int32]] = [[8, 0, 0, 5], [0, 1, 2, 3], [0, 1, 1, 0]]
        var y = [Float](repeating: .nan, count: 4 * width)
        offramp_embed(
            4, width, indices[0], indices[1], indices[2], tables[0], tables[1], tables[2], &y)
        for index in y.indices {
            let parts = (0..<3).map {
                tables[$0][Int(indices[$0][index / width]) * width + index % width]
            }
            #expect(y[index] == parts[0] + parts[1] + parts[2])
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
