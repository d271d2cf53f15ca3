import OfframpExit

extension Evaluation {
    /// The figures as tables for people to read.
    var text: String {
        [summary, exitTable, labelTable].compactMap(\.self).joined(separator: "\n")
    }

    private var summary: String {
        var table = TextTable([("rows", .left), (rows.grouped, .left)])
        if badRows > 0 { table.add(["bad rows", badRows.grouped]) }
        table.add(["method", classifier.model.settings.method])
        table.add(["policy", classifier.policy.name])
        for (metric, value) in metrics { table.add([metric.title, metric.text(value)]) }
        table.add(
            [
                "average exit",
                "\(averageExit.text(decimals: 2)) of \(classifier.model.layerCount) layers",
            ])
        table.add(["compute", "\(relativeCompute.percent) % of the full model"])
        table.add(["speed", "\(Int(rowsPerSecond).grouped) rows/s"])
        return table.text
    }

    private var exitTable: String {
        let metric = metrics[0].metric
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
        for (name, scores) in zip(classifier.labels, labels) {
            table.add([
                name, scores.precision.percent, scores.recall.percent, scores.f1.percent,
                scores.support.grouped,
            ])
        }
        return table.text
    }
}
