import OfframpExit

extension Evaluation {
    /// The figures for people and programs.
    var report: Report {
        var report = Report()
        report.add([Figure("rows", .count(rows))] + badRowFigure + settings + metricFigures + costs)
        report.add("exits", rows: exits.map(figures))
        report.add("labels", rows: zip(classifier.labels, labels).map(figures))
        return report
    }

    /// Bad rows are shown where there are some; programs always learn how many.
    private var badRowFigure: [Figure] {
        badRows > 0
            ? [Figure("bad_rows", .count(badRows))] : [.json("bad_rows", .number(badRows))]
    }

    private var settings: [Figure] {
        [
            Figure("method", .name(classifier.model.settings.method)),
            Figure("policy", .name(classifier.policy.name)),
        ]
    }

    private var metricFigures: [Figure] {
        metrics.map { Figure($0.metric.name, title: $0.metric.title, .metric($0.metric, $0.value)) }
    }

    private var costs: [Figure] {
        let depth = averageExit.text(decimals: 2)
        return [
            Figure(
                "average_exit",
                Value(
                    text: "\(depth) of \(classifier.model.layerCount) layers",
                    json: .number(averageExit))),
            Figure(
                "relative_compute", title: "compute",
                .share(relativeCompute, unit: "% of the full model")),
            Figure(
                "rows_per_second", title: "speed",
                Value(
                    text: "\(Int(rowsPerSecond).grouped) rows/s", json: .number(rowsPerSecond))),
        ]
    }

    private func figures(_ exit: ExitFigures) -> [Figure] {
        let (metric, quality) = exit.metrics[0]
        // People compare exits by one metric; programs get all.
        let others = exit.metrics.dropFirst().map {
            Figure.json($0.metric.name, .number($0.value))
        }
        return [
            Figure("depth", .depth(exit.depth)),
            Figure("share", title: "left here", .share(exit.share)),
            Figure(metric.name, title: "\(metric.title) of all here", .metric(metric, quality)),
        ] + others
    }

    private func figures(_ name: String, _ scores: LabelScores) -> [Figure] {
        [
            Figure("label", .name(name)),
            Figure("precision", .share(scores.precision, unit: "")),
            Figure("recall", .share(scores.recall, unit: "")),
            Figure("f1", title: "F1", .share(scores.f1, unit: "")),
            Figure("rows", .count(scores.support)),
        ]
    }
}
