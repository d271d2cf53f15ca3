import OfframpCalibration
import OfframpExit

extension CascadeCalibration {
    /// For people and programs.
    ///
    /// - Parameter metric: what the drop is measured by.
    func report(_ metric: Metric) -> Report {
        var report = Report()
        report.add([
            Figure(
                "threshold",
                Value(text: "\(rule.threshold)", json: .number(rule.threshold))),
            Figure("rows", title: "decided by", .count(outcome.answers.count)),
            Figure("drop", title: "against the largest model alone", .drop(metric, loss.value)),
            Figure("handed_on", .share(outcome.handedOn)),
            Figure(
                "relative_compute", title: "compute",
                .share(outcome.relativeCompute, unit: "% of the largest model run whole")),
        ])
        return report
    }
}
