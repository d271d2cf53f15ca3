import Glibc
import OfframpExit
import OfframpFiles

/// Turns budgets into thresholds (MSDNet, Huang et al. 2018): the share of texts that leave at exit i is
/// `p^i`, normalised; `p` is what brings the mean depth to the budget; each exit's threshold is the
/// confidence that its share of the texts reaches, of those that have not left before.
package struct QuotaFitting: PolicyFitting {
    package let policy = PolicyKind.quota

    private static let steps = 20

    package init() {}

    package func fit(_ trace: Trace) throws -> JSON {
        let depths = trace.depths
        let least = Float(depths[0]) / Float(depths[depths.count - 1])
        let budgets = (1..<Self.steps).map { Float($0) / Float(Self.steps) }.filter { $0 > least }
        var thresholds = budgets.map { self.thresholds(shares(of: depths, Double($0)), trace) }
        // A smaller budget must let nobody go on for longer.
        for index in thresholds.indices.dropLast().reversed() {
            thresholds[index] = zip(thresholds[index], thresholds[index + 1]).map(min)
        }
        return LearnedTable(options: budgets, rows: thresholds).json
    }

    /// The share of texts that leave at each exit, `[exits]`.
    private func shares(of depths: [Int], _ budget: Double) -> [Double] {
        let wanted = budget * Double(depths[depths.count - 1])
        // The logarithm of p; the mean depth rises with it.
        var (low, high) = (-30.0, 30.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let shares = shares(depths.count, logarithm: middle)
            let mean = zip(shares, depths).reduce(0) { $0 + $1.0 * Double($1.1) }
            if mean > wanted { high = middle } else { low = middle }
        }
        return shares(depths.count, logarithm: low)
    }

    private func shares(_ exits: Int, logarithm: Double) -> [Double] {
        let powers = (0..<exits).map { exp(logarithm * Double(logarithm > 0 ? $0 - exits : $0)) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }

    private func thresholds(_ shares: [Double], _ trace: Trace) -> [Float] {
        var remaining = Array(0..<trace.textCount)
        return trace.exits.dropLast().map { exit in
            let confidences = remaining.map { exit.observation($0).confidence }
            let leaving = Int(shares[exit.place.index] * Double(trace.textCount))
            let threshold = Self.confidence(reachedBy: leaving, of: confidences)
            remaining = zip(remaining, confidences).filter { !($0.1 >= threshold) }.map(\.0)
            return threshold
        }
    }

    /// The least confidence of so many of the surest texts; one that none has where nobody is to leave.
    private static func confidence(reachedBy count: Int, of confidences: [Float]) -> Float {
        let sorted = confidences.filter { !$0.isNaN }.sorted(by: >)
        guard count > 0, !sorted.isEmpty else { return unreachable }
        return sorted[min(count, sorted.count) - 1]
    }

    private static let unreachable: Float = 2
}
