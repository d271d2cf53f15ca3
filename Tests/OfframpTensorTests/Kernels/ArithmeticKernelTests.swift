import COfframpKernels
import Testing

@Suite struct ArithmeticKernelTests {
    @Test(arguments: RowsSize.all)
    func `add gives each sum, also in the place of either operand`(size: RowsSize) {
        let a = size.floats(seed: 1)
        let b = size.floats(seed: 2)
        let expected = zip(a, b).map { $0 + $1 }
        var y = a.map { _ in Float.nan }
        offramp_add(size.count, a, b, &y)
        #expect(y == expected)
        y = a
        y.withUnsafeMutableBufferPointer {
            offramp_add(size.count, $0.baseAddress, b, $0.baseAddress)
        }
        #expect(y == expected)
    }

    @Test(arguments: RowsSize.all)
    func `scale multiplies, also in place`(size: RowsSize) {
        var y = size.floats(seed: 3)
        let expected = y.map { $0 * -0.37 }
        y.withUnsafeMutableBufferPointer {
            offramp_scale(size.count, -0.37, $0.baseAddress, $0.baseAddress)
        }
        #expect(y == expected)
    }

    @Test(arguments: RowsSize.all)
    func `add_scaled adds a multiple`(size: RowsSize) {
        let x = size.floats(seed: 4)
        var y = size.floats(seed: 5)
        let expected = zip(x, y).map { Double($1) + 2.5 * Double($0) }
        offramp_add_scaled(size.count, 2.5, x, &y)
        #expect(MatrixReference.largestError(y, expected) < 1e-6)
    }

    @Test(arguments: RowsSize.all)
    func `add_rows adds the bias to every row`(size: RowsSize) {
        let bias = MatrixReference.floats(size.width, seed: 6)
        var y = size.floats(seed: 7)
        let expected = y.indices.map { y[$0] + bias[$0 % size.width] }
        offramp_add_rows(size.rows, size.width, bias, &y)
        #expect(y == expected)
    }

    @Test(arguments: RowsSize.all)
    func `sum_rows adds up each column, to what was there`(size: RowsSize) {
        let x = size.floats(seed: 8)
        var y = MatrixReference.floats(size.width, seed: 9)
        var expected = y.map(Double.init)
        for index in x.indices { expected[index % size.width] += Double(x[index]) }
        offramp_sum_rows(size.rows, size.width, x, &y)
        #expect(MatrixReference.largestError(y, expected) < 1e-5)
    }

    @Test(arguments: [0, 1, 7, 1_000_003])
    func `sum_of_squares loses nothing over a million entries`(count: Int) {
        let x = MatrixReference.floats(count, seed: 10)
        let expected = x.reduce(0) { $0 + Double($1) * Double($1) }
        #expect(abs(offramp_sum_of_squares(count, x) - expected) <= 1e-12 * expected)
    }

    @Test func `sum_of_squares of the largest numbers is finite`() {
        #expect(offramp_sum_of_squares(2, [1e30, -1e30]) > 1.9e60)
    }
}
