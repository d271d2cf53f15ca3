import OfframpExit
import OfframpFiles

/// How often a policy gave the full model's answer when it was calibrated.
package struct CalibratedAgreement: Sendable {
    /// The share of texts with the same answer.
    package let share: Double
    /// On how many texts this was measured.
    package let rows: Int
    /// What numbers may be off by and still be the same answer, in a regression.
    package let tolerance: Float?

    static let key = "agreement"

    /// Reads it from what a checkpoint keeps of a promise; `nil` where it was not measured.
    package init?(promise: JSON) {
        guard let share = promise[Self.key]?.double, let rows = promise["rows"]?.int,
            (0...1).contains(share), rows > 0
        else { return nil }
        (self.share, self.rows) = (share, rows)
        tolerance = promise["tolerance"]?.double.map { Float($0) }
    }

    /// As promises keep it; nothing in a regression without a tolerance, where no two answers are the same.
    package static func measured(
        _ trace: Trace, _ policy: any ExitPolicy, tolerance: Float? = nil
    ) -> [JSON.Member] {
        guard trace.task != .regression || tolerance != nil else { return [] }
        return [.init(key, .number(trace.agreement(of: policy, tolerance: tolerance ?? 0)))]
    }

    /// The most disagreements, as a share, that texts like the measured ones have: too small with a
    /// probability of at most `error` over their draw (Clopper and Pearson 1934); below 1.
    package func mostDisagreements(error: Double) -> Double {
        let disagreements = Int((Double(rows) * (1 - share)).rounded())
        var (low, high) = (0.0, 1.0)
        while high - low > 1e-9 {
            let middle = (low + high) / 2
            if binomialTail(disagreements, of: rows, chance: middle) > error {
                low = middle
            } else {
                high = middle
            }
        }
        return low
    }
}

extension Trace {
    /// The share of texts that a policy answers as the full model does: with the same labels, or with a number
    /// that is no further off than `tolerance`.
    func agreement(of policy: any ExitPolicy, tolerance: Float) -> Double {
        let pairs = zip(replay(policy), replay(Full()))
        let same = pairs.count { early, full in
            early.prediction.agrees(with: full.prediction, tolerance: tolerance)
        }
        return textCount == 0 ? .nan : Double(same) / Double(textCount)
    }
}
