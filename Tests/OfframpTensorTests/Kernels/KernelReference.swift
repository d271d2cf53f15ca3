import Testing

/// Operands of a kernel over rows: empty, single, odd and whole-vector sizes.
struct RowsSize: CustomTestStringConvertible, Sendable {
    let rows, width: Int

    var count: Int { rows * width }
    var testDescription: String { "\(rows) x \(width)" }

    static let all = [
        (0, 7), (1, 1), (3, 1), (5, 7), (2, 16), (4, 33), (17, 64), (3, 384), (2, 1000),
    ].map { RowsSize(rows: $0.0, width: $0.1) }

    func floats(seed: UInt64, factor: Float = 1) -> [Float] {
        MatrixReference.floats(count, seed: seed, factor: factor)
    }
}

/// Derivatives by central differences in double, where rounding leaves nine digits or more.
enum NumericalGradient {
    /// The gradient of `loss` at `x`.
    static func of(_ x: [Double], _ loss: ([Double]) -> Double) -> [Double] {
        let step = 1e-5
        return x.indices.map { index in
            var up = x
            var down = x
            up[index] += step
            down[index] -= step
            return (loss(up) - loss(down)) / (2 * step)
        }
    }

    /// The gradient of sum(dy * function(x)).
    static func of(
        _ x: [Float], _ dy: [Float], _ function: ([Double]) -> [Double]
    ) -> [Double] {
        of(x.map(Double.init)) { point in
            zip(dy, function(point)).reduce(0) { $0 + Double($1.0) * $1.1 }
        }
    }
}
