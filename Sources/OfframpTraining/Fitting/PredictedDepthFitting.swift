import OfframpExit
import OfframpFiles

/// Fits, to what the first exit says, how many more wrong answers each inner exit gives than the last one: by least
/// squares.
package struct PredictedDepthFitting: PolicyFitting {
    package let policy = PolicyKind.predicted

    /// Of the weights' squares, against a mean over the texts.
    private static let penalty: Float = 1e-3

    package init() {}

    package func fit(_ trace: Trace) throws -> JSON {
        let rows = (0..<trace.textCount).map {
            ExitModels.inputs(of: trace.exits[0].observation($0))
        }
        let errors = trace.depths.map { trace.errors(of: FixedDepth($0)) }
        let last = errors[errors.count - 1]
        let losses = errors.dropLast().map { zip($0, last).map(-) }
        guard let factor = CholeskyFactor(Self.moments(rows), order: rows[0].count, try .load())
        else { return .array([]) }
        let weights = losses.flatMap { factor.solved(Self.mean(of: rows, weighing: $0)) }
        return .array(weights.map { .number($0) })
    }

    /// The mean of each two columns' product, with the penalty.
    private static func moments(_ rows: [[Float]]) -> [Float] {
        let width = rows[0].count
        return (0..<width).flatMap { column in
            var moments = mean(of: rows, weighing: rows.map { $0[column] })
            moments[column] += penalty
            return moments
        }
    }

    /// The mean of rows, each times its weight.
    private static func mean(of rows: [[Float]], weighing weights: [Float]) -> [Float] {
        var sums = [Float](repeating: 0, count: rows[0].count)
        for (row, weight) in zip(rows, weights) {
            for column in row.indices { sums[column] += row[column] * weight }
        }
        return sums.map { $0 / Float(rows.count) }
    }
}
