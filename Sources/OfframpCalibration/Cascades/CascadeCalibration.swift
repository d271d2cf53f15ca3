import OfframpExit
import OfframpFiles

/// The threshold between the models of a cascade, chosen on rows that none of them has learned from: the lowest one,
/// which spends least, that loses no more than allowed against the largest model alone, its standard error included.
///
/// Thresholds are tried from the most cautious one on, and the first that loses more ends the search: of many that
/// are tried whatever the others do, some would pass by luck (fixed sequence testing, Angelopoulos et al. 2021).
package struct CascadeCalibration: Sendable {
    /// What was chosen.
    package let rule: CascadeRule
    /// What it does on the rows.
    package let outcome: CascadeOutcome
    /// Against the largest model alone, under its own policy, in units of the metric.
    package let loss: QualityLoss
    private let points: Double

    /// So many thresholds are tried at most.
    private static let mostCandidates = 200

    /// Chooses on a trace.
    ///
    /// - Parameters:
    ///   - gold: the right answers.
    ///   - metric: what the loss is measured by.
    ///   - points: what may be lost, in hundredths of the metric.
    /// - Returns: `nil` where no threshold loses so little and spends less than the largest model alone.
    package init?(_ trace: CascadeTrace, _ gold: Gold, _ metric: Metric, within points: Double) {
        let alone = trace.alone(trace.models.count - 1)
        let reference = alone.answers.map(\.prediction)
        var kept: (rule: CascadeRule, outcome: CascadeOutcome, loss: QualityLoss)?
        for rule in Self.candidates(trace) {
            let outcome = trace.replay(rule)
            let loss = QualityLoss(
                of: outcome.answers.map(\.prediction), against: reference, gold, metric)
            guard loss.isWithin(points / 100, margin: QualityLoss.usualMargin) else { break }
            kept = (rule, outcome, loss)
        }
        guard let kept, kept.outcome.relativeCompute < alone.relativeCompute else { return nil }
        (rule, outcome, loss, self.points) = (kept.rule, kept.outcome, kept.loss, points)
    }

    /// Thresholds at which the smallest model keeps ever more answers, four decimals each.
    private static func candidates(_ trace: CascadeTrace) -> [CascadeRule] {
        let confidences = trace.models[0].answers.map(\.prediction.score).filter { !$0.isNaN }
        let thresholds = Set(confidences.map(\.roundedDown)).sorted(by: >)
        let step = max(1, (thresholds.count + mostCandidates - 1) / mostCandidates)
        return stride(from: 0, to: thresholds.count, by: step).map { CascadeRule(thresholds[$0]) }
    }

    /// As the smallest model's checkpoint keeps it.
    package var json: JSON {
        [
            "threshold": .number(rule.threshold), "rows": .number(outcome.answers.count),
            "max_accuracy_drop": .number(points), "drop": .number(loss.value),
            "standard_error": .number(loss.standardError),
            "handed_on": .number(outcome.handedOn),
            "relative_compute": .number(outcome.relativeCompute),
        ]
    }
}
