import COfframpKernels
import Glibc
import OfframpTensor
import Testing

/// Plain double-precision loops that the matrix kernels are compared with.
enum MatrixReference {
    /// `[rows, outputs]` = x `[rows, inputs]` times the transpose of weight `[outputs, inputs]`.
    static func product(
        _ x: [Double], _ weight: [Double], rows: Int, outputs: Int, inputs: Int
    ) -> [Double] {
        var y = [Double](repeating: 0, count: rows * outputs)
        for row in 0..<rows {
            for output in 0..<outputs {
                for k in 0..<inputs {
                    y[row * outputs + output] += x[row * inputs + k] * weight[output * inputs + k]
                }
            }
        }
        return y
    }

    static func activation(_ kind: offramp_activation, _ x: Double) -> Double {
        switch kind {
        case OFFRAMP_GELU: return 0.5 * x * erfc(-x / 2.0.squareRoot())
        case OFFRAMP_GELU_TANH:
            return 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case OFFRAMP_RELU: return max(x, 0)
        case OFFRAMP_TANH: return tanh(x)
        default: return x
        }
    }

    static let activations = [
        OFFRAMP_IDENTITY, OFFRAMP_GELU, OFFRAMP_GELU_TANH, OFFRAMP_RELU, OFFRAMP_TANH,
    ]

    /// The paths that this processor can run.
    static let paths = [
        OFFRAMP_PATH_PLAIN, OFFRAMP_PATH_AVX2, OFFRAMP_PATH_AVX_VNNI, OFFRAMP_PATH_AVX512,
        OFFRAMP_PATH_AVX512_VNNI, OFFRAMP_PATH_AVX512_BF16, OFFRAMP_PATH_AMX,
    ].filter(offramp_path_is_supported)

    /// Repeatable values in -1 ..< 1, times a factor.
    static func floats(_ count: Int, seed: UInt64, factor: Float = 1) -> [Float] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in Float.random(in: -1..<1, using: &random) * factor }
    }

    /// Infinite if the counts differ or a value is NaN, which outputs start as.
    static func largestError(_ found: [Float], _ expected: [Double]) -> Double {
        guard found.count == expected.count else { return .infinity }
        return zip(found, expected).reduce(0) { largest, pair in
            let error = abs(Double(pair.0) - pair.1)
            return error.isNaN ? .infinity : max(largest, error)
        }
    }

    /// The largest difference, as a share of the largest expected magnitude (at least 1e-30).
    static func relativeError(_ found: [Float], _ expected: [Double]) -> Double {
        let scale = expected.reduce(1e-30) { max($0, abs($1)) }
        return largestError(found, expected) / scale
    }
}

/// Sizes around every edge: no rows, one row, a tile and one more, a panel and one more.
struct LinearSize: CustomTestStringConvertible, Sendable {
    let rows, outputs, inputs: Int

    var testDescription: String { "\(rows) rows, \(inputs) -> \(outputs)" }

    static let all =
        [(0, 5, 7), (1, 1, 1), (3, 2, 5), (2, 31, 3), (5, 32, 64), (7, 33, 130)].map(Self.init)
        + [(13, 64, 96), (14, 77, 101), (15, 40, 4), (29, 100, 63), (65, 96, 384)].map(Self.init)

    private init(_ size: (Int, Int, Int)) { (rows, outputs, inputs) = size }
}
