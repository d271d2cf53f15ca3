import COfframpKernels
import Testing

@Suite struct QuantizeTests {
    @Test(arguments: [1, 3, 16, 63, 64, 65, 384])
    func `codes are the nearest multiples of max|x| / 127`(width: Int) {
        let x = MatrixReference.floats(5 * width, seed: 4, factor: 3)
        for path in MatrixReference.paths {
            let rows = QuantizedRows(x, width: width, path: path)
            for row in 0..<5 {
                let values = x[row * width..<(row + 1) * width]
                let largest = values.reduce(0) { max($0, abs($1)) }
                #expect(rows.scales[row] == largest / 127)
                let expected = values.map { Int8(($0 * (127 / largest)).rounded(.toNearestOrEven)) }
                #expect((0..<width).map { rows.code(row, $0) } == expected)
                #expect(rows.sums[row] == expected.reduce(0) { $0 + Int32($1) })
            }
        }
    }

    @Test func `the end of a row of codes is filled with zeros`() {
        for path in MatrixReference.paths {
            let rows = QuantizedRows([1, 2, 3, 4, 5, 6], width: 3, path: path)
            #expect((3..<rows.stride).allSatisfy { rows.code(0, $0) == 0 && rows.code(1, $0) == 0 })
        }
    }

    @Test(arguments: [Float(0), .leastNonzeroMagnitude, -1e-37])
    func `rows without a value worth a code become zeros`(value: Float) {
        for path in MatrixReference.paths {
            let rows = QuantizedRows([Float](repeating: value, count: 70), width: 70, path: path)
            #expect(rows.scales == [0] && rows.sums == [0] && rows.codes.allSatisfy { $0 == 0 })
        }
    }

    @Test(arguments: [Float(1e-35), 1, 3e38])
    func `magnitudes from tiny to huge keep their codes`(factor: Float) {
        for path in MatrixReference.paths {
            let rows = QuantizedRows([factor, -factor, factor / 4, 0], width: 4, path: path)
            #expect((0..<4).map { rows.code(0, $0) } == [127, -127, 32, 0])
        }
    }

    @Test(arguments: [Float.nan, .infinity])
    func `a row that is not finite says so by its scale alone`(value: Float) {
        for path in MatrixReference.paths {
            let rows = QuantizedRows([1, value, 2, 3, 4, 5], width: 3, path: path)
            #expect(!rows.scales[0].isFinite && rows.scales[1] == 5 / 127)
        }
    }
}
