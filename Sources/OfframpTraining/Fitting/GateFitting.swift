import Glibc
import OfframpExit
import OfframpFiles

/// Fits gates backwards from the last inner exit (Bolukbasi et al. 2017). At each exit every text is
/// better off leaving or going on, by the wrong answers and the price of the layers that follow under
/// the gates behind; a logistic model learns which, the difference being the text's weight.
package struct GateFitting: PolicyFitting {
    package let policy = PolicyKind.gates

    private static let prices: [Float] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

    package init() {}

    package func fit(_ trace: Trace) throws -> JSON {
        let blas = try OpenBLAS.load()
        let features = trace.exits.dropLast().map { exit in
            (0..<trace.textCount).map { ExitModels.inputs(of: exit.observation($0)) }
        }
        let errors = trace.depths.map { depth in
            trace.errors(of: FixedDepth(depth))
        }
        let weights = Self.prices.map { price in
            var (gates, ahead) = ([[Float]](), errors[errors.count - 1].map { $0 + price })
            for (exit, rows) in features.enumerated().reversed() {
                let share = Float(trace.depths[exit]) / Float(trace.depths[trace.depths.count - 1])
                let now = errors[exit].map { $0 + price * share }
                let gate = LogisticGate(rows, gains: zip(ahead, now).map(-), blas)
                gates.insert(gate.weights, at: 0)
                ahead = zip(rows, zip(ahead, now)).map { gate($0) ? $1.1 : $1.0 }
            }
            return gates.flatMap { $0 }
        }
        return LearnedTable(options: Self.prices, rows: weights).json
    }
}

/// A logistic model of whether a text gains by leaving.
private struct LogisticGate {
    var weights: [Float]

    private static let steps = 50
    /// Of the weights' squares, against a mean loss over the texts.
    private static let penalty: Float = 1e-3
    private static let tolerance: Float = 1e-5

    /// Fits the model by Newton's method.
    ///
    /// - Parameters:
    ///   - rows: what it looks at, `[texts, inputs]`.
    ///   - gains: by leaving, `[texts]`; below 0 a text had better go on.
    init(_ rows: [[Float]], gains: [Float], _ blas: OpenBLAS) {
        let width = rows.first?.count ?? 0
        weights = Array(repeating: 0, count: width)
        let total = gains.reduce(0) { $0 + abs($1) }
        guard total > 0 else { return }
        for _ in 0..<Self.steps {
            var gradient = weights.map { Self.penalty * $0 }
            var hessian = [Float](repeating: 0, count: width * width)
            for index in 0..<width { hessian[index * width + index] = Self.penalty }
            for (row, gain) in zip(rows, gains) {
                let share = abs(gain) / total
                let probability = 1 / (1 + exp(-score(row)))
                let error = share * (probability - (gain > 0 ? 1 : 0))
                let bend = share * max(probability * (1 - probability), 1e-6)
                for first in 0..<width {
                    gradient[first] += error * row[first]
                    for second in 0..<width {
                        hessian[first * width + second] += bend * row[first] * row[second]
                    }
                }
            }
            guard let step = CholeskyFactor(hessian, order: width, blas)?.solved(gradient)
            else { return }
            for index in weights.indices { weights[index] -= step[index] }
            if step.allSatisfy({ abs($0) < Self.tolerance }) { return }
        }
    }

    func callAsFunction(_ row: [Float]) -> Bool { score(row) >= 0 }

    private func score(_ row: [Float]) -> Float {
        zip(weights, row).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
