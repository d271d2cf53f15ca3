import Offramp
import OfframpFiles
import OfframpTensor

/// A benchmark's figures.
struct BenchmarkReport {
    let classifier: Classifier
    let texts: Int
    let throughput: ThroughputFigures
    let latency: LatencyFigures
    let deadline: DeadlineFigures?

    /// The figures for people and programs.
    var report: Report {
        let shares = throughput.limit.map(shares) ?? []
        let products = throughput.limit?.products.map(figures) ?? []
        var report = Report()
        report.add(settings)
        report.add([speed.figure, .json("latency_ms", latencies.map(\.figure))])
        report.add(deadlines.map { .json($0.key, $0.figures.map(\.figure)) })
        report.add(
            rows: ([speed] + latencies + deadlines.flatMap(\.figures) + shares).map(\.row))
        report.add(rows: products)
        if throughput.limit != nil {
            let list = Figure.json("products", .array(products.map(\.json)))
            report.add([.json("limit", shares.map(\.figure) + [list])])
        }
        return report
    }

    private var settings: [Figure] {
        let model = classifier.model
        return [
            Figure("texts", .count(texts)), Figure("precision", .name(model.precision.rawValue)),
            Figure("policy", .name(classifier.policy.name)),
            Figure("workers", .count(model.engine.workers.count)),
            Figure("batch_tokens", title: "tokens per batch", .count(model.engine.cutter.tokens)),
        ]
    }

    private var speed: MeasuredFigure {
        MeasuredFigure(
            key: "rows_per_second", title: "texts per second, in batches",
            interval: throughput.textsPerSecond, decimals: 0)
    }

    private var latencies: [MeasuredFigure] { latency.figures("ms for a text alone") }

    private var deadlines: [(key: String, figures: [MeasuredFigure])] {
        guard let deadline else { return [] }
        return [
            ("overrun_ms", deadline.overrun.figures("ms over the deadline")),
            ("layer_ms", deadline.layer.figures("ms for a layer")),
        ]
    }

    private func shares(_ limit: LimitFigures) -> [MeasuredFigure] {
        [
            MeasuredFigure(
                key: "multiply_adds_per_second", title: "G multiply-adds per second",
                interval: limit.reached, decimals: 0, unit: 1e9),
            MeasuredFigure(
                key: "products_alone", title: "the same of products alone",
                interval: limit.limit, decimals: 0, unit: 1e9),
            MeasuredFigure(
                key: "share", title: "share of that limit, %", interval: limit.share, decimals: 1,
                unit: 0.01),
        ]
    }

    private func figures(_ product: ProductLimit.Rate) -> [Figure] {
        let (size, perSecond) = product
        return [
            .text("product alone", "\(size.rows) rows of \(size.inputs) to \(size.outputs)"),
            .json("rows", .number(size.rows)), .json("outputs", .number(size.outputs)),
            .json("inputs", .number(size.inputs)),
            Figure(
                "multiply_adds_per_second", title: "G multiply-adds per second",
                Value(text: (perSecond / 1e9).text(decimals: 0), json: .number(perSecond))),
        ]
    }
}
