import OfframpExit
import OfframpFiles

extension Evaluation {
    /// The figures for people and programs.
    var report: Report {
        var report = Report()
        report.add(summary)
        report.add("exits", rows: exitFigures)
        report.add("labels", rows: labelFigures)
        report.add("averages", rows: averageFigures)
        report.add(rows: confusionRows)
        report.add([.json("confusion", confusionCounts)])
        return report
    }

    /// How good the classifier is, and what it costs.
    var summary: [Figure] {
        [Figure("rows", .count(rows)), .badRows(badRows)] + settings + .metrics(metrics) + costs
    }

    /// A row for each exit.
    var exitFigures: [[Figure]] { exits.map(figures) }

    /// A row for each label.
    var labelFigures: [[Figure]] { zip(classifier.labels, labels).map(figures) }

    /// A row for each way to average over the labels.
    var averageFigures: [[Figure]] { labels.averages.map(figures) }

    /// The counts as people read them, where they fit on a line.
    private var confusionRows: [[Figure]] {
        guard let confusion, confusion.counts.count <= Self.mostColumns else { return [] }
        return zip(classifier.labels, confusion.counts).map { label, counts in
            [.text("right \\ given", label)]
                + zip(classifier.labels, counts).map { .text($0, .count($1)) }
        }
    }

    private var confusionCounts: JSON {
        guard let confusion else { return .null }
        return .array(confusion.counts.map { .array($0.map { .number($0) }) })
    }

    /// So many labels fit on a line.
    static let mostColumns = 12

    private var settings: [Figure] {
        [
            Figure("method", .name(classifier.model.settings.method)),
            Figure("policy", .name(classifier.policy.name)),
        ]
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
            .rowsPerSecond(rowsPerSecond),
        ] + speedup.figures(against: "full")
            + (overthinking.map { [Figure("overthinking", .share($0))] } ?? [])
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
        ] + others + reliability(exit)
    }

    private func reliability(_ exit: ExitFigures) -> [Figure] {
        exit.reliability.map { found in
            [
                Figure("calibration_error", .share(found.calibrationError)),
                Figure("auroc", title: "AUROC", .number(found.ranking, decimals: 3)),
            ]
        } ?? []
    }

    private func figures(_ average: LabelAverage) -> [Figure] {
        [
            Figure("average", .name(average.name)),
            Figure("precision", .share(average.precision, unit: "")),
            Figure("recall", .share(average.recall, unit: "")),
            Figure("f1", title: "F1", .share(average.f1, unit: "")),
        ]
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
