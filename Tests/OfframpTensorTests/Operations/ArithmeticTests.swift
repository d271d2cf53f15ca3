import OfframpTensor
import Testing

/// Results of single operations, worked out by hand.
@Suite struct ArithmeticTests {
    private static let x = Tensor([1, -2, 3, 4, 0, -6], rows: 2, columns: 3)
    private static let y = Tensor([5, 7, -1, 2, 8, 0.5], rows: 2, columns: 3)
    private static let row = Tensor([10, 20, 30])
    private static let column = Tensor([2, -1], rows: 2, columns: 1)

    private struct Case {
        let name: String
        let result: Tensor
        let shape: Shape
        let values: [Float]
    }

    private static func matrix(_ name: String, _ result: Tensor, _ values: [Float]) -> Case {
        Case(name: name, result: result, shape: .matrix(2, values.count / 2), values: values)
    }

    private static func vector(_ name: String, _ result: Tensor, _ values: [Float]) -> Case {
        Case(name: name, result: result, shape: .vector(values.count), values: values)
    }

    private static let exact = [
        matrix("x + y", x + y, [6, 5, 2, 6, 8, -5.5]),
        matrix("x + 1", x + 1, [2, -1, 4, 5, 1, -5]),
        matrix("x - y", x - y, [-4, -9, 4, 2, -8, -6.5]),
        matrix("1 - x", 1 - x, [0, 3, -2, -3, 1, 7]),
        matrix("x * y", x * y, [5, -14, -3, 8, 0, -3]),
        matrix("-2 * x", -2 * x, [-2, 4, -6, -8, 0, 12]),
        matrix("x + row", x.adding(row: row), [11, 18, 33, 14, 20, 24]),
        matrix("x * row", x.multiplied(byRow: row), [10, -40, 90, 40, 0, -180]),
        matrix("x * column", x.multiplied(byColumn: column), [2, -4, 6, -4, 0, 6]),
        vector("sum", x.sum(), [0]),
        vector("mean", y.mean(), [21.5 / 6]),
        matrix("row sums", y.rowSums(), [11, 10.5]),
        matrix("row means", y.rowMeans(), [11.0 / 3, 3.5]),
        vector("column sums", y.columnSums(), [7, 15, -0.5]),
        vector("column means", y.columnMeans(), [3.5, 7.5, -0.25]),
        matrix("columns", x[columns: 1..<3], [-2, 3, 0, -6]),
        matrix("no columns", x[columns: 3..<3], []),
        Case(name: "rows", result: x[rows: 1..<2], shape: .matrix(1, 3), values: [4, 0, -6]),
        Case(
            name: "stacked", result: Tensor(stacking: [x[rows: 1..<2], x]), shape: .matrix(3, 3),
            values: [4, 0, -6] + [1, -2, 3, 4, 0, -6]),
        matrix("side by side", x.concatenated(with: column), [1, -2, 3, 2, 4, 0, -6, -1]),
    ]

    private static let halves = Tensor([0, 0, 0.6931472, 0], rows: 2, columns: 2)

    private static let rounded = [
        matrix("exp", halves.exp(), [1, 1, 2, 1]),
        matrix("log", (halves + 1).exp().log(), [1, 1, 1.6931472, 1]),
        matrix("sigmoid", halves.sigmoid(), [0.5, 0.5, 2.0 / 3, 0.5]),
        matrix("tanh", halves.activated(by: .tanh), [0, 0, 0.6, 0]),
        matrix("softmax", halves.softmax(), [0.5, 0.5, 2.0 / 3, 1.0 / 3]),
        matrix(
            "log-softmax", halves.logSoftmax(), [-0.6931472, -0.6931472, -0.4054651, -1.0986123]),
    ]

    @Test func `operations have the values of a hand calculation`() {
        for each in Self.exact + Self.rounded {
            #expect(each.result.shape == each.shape, "\(each.name)")
            #expect(
                zip(each.result.values, each.values).allSatisfy { abs($0 - $1) < 1e-6 },
                "\(each.name): \(each.result.values)")
        }
    }

    @Test func `the mean of no elements is 0`() {
        #expect(Tensor([], rows: 0, columns: 3).mean().scalar == 0)
        #expect(Tensor([], rows: 0, columns: 3).columnMeans().values == [0, 0, 0])
    }

    @Test func `the logarithm of a negative number is NaN, of 0 minus infinity`() {
        let values = Tensor([-1, 0]).log().values
        #expect(values[0].isNaN && values[1] == -.infinity)
    }
}
