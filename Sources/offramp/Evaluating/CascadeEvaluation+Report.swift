import OfframpExit
import OfframpFiles

extension CascadeEvaluation {
    /// The figures for people and programs.
    var report: Report {
        var report = Report()
        report.add(
            [Figure("rows", .count(rows)), .badRows(badRows)] + rule + .metrics(metrics) + costs)
        report.add("models", rows: models.map(figures))
        return report
    }

    private var rule: [Figure] {
        [
            Figure(
                "cascade_threshold", title: "threshold",
                Value(
                    text: "\(cascade.threshold)" + (cascade.isCalibrated ? ", calibrated" : ""),
                    json: .number(cascade.threshold)))
        ]
    }

    private var costs: [Figure] {
        [
            Figure("handed_on", .share(outcome.handedOn)),
            Figure(
                "relative_compute", title: "compute",
                .share(outcome.relativeCompute, unit: "% of the largest model run whole")),
            .rowsPerSecond(rowsPerSecond),
        ] + speedup.figures(against: "the largest model run whole")
    }

    private func figures(_ model: ModelFigures) -> [Figure] {
        let (metric, quality) = model.metrics[0]
        let others = model.metrics.dropFirst().map {
            Figure.json($0.metric.name, .number($0.value))
        }
        return [
            Figure("model", .name(model.folder)), Figure("policy", .name(model.policy)),
            Figure(metric.name, title: "\(metric.title) alone", .metric(metric, quality)),
        ] + others + [
            Figure("average_exit", .number(model.averageExit, decimals: 2)),
            Figure("relative_compute", title: "compute alone", .share(model.relativeCompute)),
            Figure("share", title: "answered here", .share(model.share)),
        ]
    }
}
