import OfframpData

extension Evaluation {
    /// The figures as tables for people to read.
    var text: String {
        [summary, exitTable, labelTable].compactMap(\.self).joined(separator: "\n")
    }

    private var summary: String {
        var table = TextTable([("rows", .left), (rows.grouped, .left)])
        if badRows > 0 { table.add(["bad rows", badRows.grouped]) }
        table.add(["method", classifier.settings.method])
        table.add(["policy", classifier.policy.name])
        for (metric, value) in metrics { table.add([metric.title, metric.text(value)]) }
        table.add(
            ["average exit", "\(averageExit.text(decimals: 2)) of \(classifier.layers) layers"])
        table.add(["compute", "\(relativeCompute.percent) % of the full model"])
        table.add(["speed", "\(Int(rowsPerSecond).grouped) rows/s"])
        return table.text
    }

    private var exitTable: String {
        let metric = classifier.task.metric
        var table = TextTable([
            ("depth", .right), ("left here", .right), ("\(metric.title) of all here", .right),
        ])
        for exit in exits {
            table.add(["\(exit.depth)", "\(exit.share.percent) %", metric.text(exit.quality)])
        }
        return table.text
    }

    private var labelTable: String? {
        guard !labels.isEmpty else { return nil }
        var table = TextTable([
            ("label", .left), ("precision", .right), ("recall", .right), ("F1", .right),
            ("rows", .right),
        ])
        for (name, scores) in zip(classifier.task.labels, labels) {
            table.add([
                name, scores.precision.percent, scores.recall.percent, scores.f1.percent,
                scores.support.grouped,
            ])
        }
        return table.text
    }
}

extension Metric {
    /// The name in words.
    var title: String {
        switch self {
        case .accuracy: "accuracy"
        case .f1: "F1"
        case .matthewsCorrelation: "Matthews correlation"
        case .pearson: "Pearson correlation"
        case .spearman: "Spearman correlation"
        }
    }

    /// A figure as it is usually told: shares in percent, correlations with three decimals.
    func text(_ value: Double) -> String {
        switch self {
        case .accuracy, .f1: "\(value.percent) %"
        case .matthewsCorrelation, .pearson, .spearman: value.text(decimals: 3)
        }
    }

    /// The difference of two figures with its sign, in points where they are shares.
    func text(difference: Double) -> String {
        let text = self.text(difference).split(separator: " ")[0]
        return difference > 0 ? "+\(text)" : String(text)
    }
}
