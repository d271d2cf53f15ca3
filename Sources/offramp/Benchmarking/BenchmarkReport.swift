import Offramp
import OfframpFiles
import OfframpTensor

/// A benchmark's figures as text and as JSON.
struct BenchmarkReport {
    let classifier: Classifier
    let texts: Int
    let throughput: ThroughputFigures
    let latency: LatencyFigures

    /// For people.
    var text: String {
        var table = TextTable([("", .left), ("figure", .right), ("95 % interval", .right)])
        table.add(row("texts a second, in batches", throughput.textsPerSecond, decimals: 0))
        table.add(row("ms a text alone, median", latency.p50, decimals: 2))
        table.add(row("ms a text alone, 95 of 100", latency.p95, decimals: 2))
        table.add(row("ms a text alone, 99 of 100", latency.p99, decimals: 2))
        if let limit = throughput.limit {
            table.add(row("G multiply-adds a second", limit.reached, decimals: 0, unit: 1e9))
            table.add(row("the same of products alone", limit.limit, decimals: 0, unit: 1e9))
            table.add(row("share of that limit, %", limit.share, decimals: 1, unit: 0.01))
        }
        let settings = "\(classifier.model.precision.rawValue), \(classifier.policy.name)"
        return
            "\(texts.grouped) texts, \(settings), \(classifier.model.engine.workers.count) workers\n"
            + table.text + (throughput.limit.map(products) ?? "")
    }

    private func products(_ limit: LimitFigures) -> String {
        var table = TextTable([("product alone", .left), ("G multiply-adds a second", .right)])
        for (size, perSecond) in limit.products {
            table.add([size.text, (perSecond / 1e9).text(decimals: 0)])
        }
        return "\n" + table.text
    }

    /// For programs.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("texts", .number(texts)),
            .init("precision", .string(classifier.model.precision.rawValue)),
            .init("policy", .string(classifier.policy.name)),
            .init("workers", .number(classifier.model.engine.workers.count)),
            .init("batch_tokens", .number(classifier.model.engine.cutter.tokens)),
            .init("rows_per_second", json(throughput.textsPerSecond)),
            .init(
                "latency_ms",
                [
                    "p50": json(latency.p50), "p95": json(latency.p95), "p99": json(latency.p99),
                ]),
        ]
        if let limit = throughput.limit { members.append(.init("limit", json(limit))) }
        return .object(members)
    }

    private func json(_ limit: LimitFigures) -> JSON {
        [
            "multiply_adds_per_second": json(limit.reached),
            "products_alone": json(limit.limit),
            "share": json(limit.share),
            "products": .array(
                limit.products.map { size, perSecond in
                    [
                        "rows": .number(size.rows), "outputs": .number(size.outputs),
                        "inputs": .number(size.inputs),
                        "multiply_adds_per_second": .number(perSecond),
                    ]
                }),
        ]
    }

    private func row(
        _ title: String, _ interval: Interval, decimals: Int, unit: Double = 1
    ) -> [String] {
        let figures = [interval.value, interval.lower, interval.upper].map {
            ($0 / unit).text(decimals: decimals)
        }
        return [title, figures[0], "\(figures[1]) to \(figures[2])"]
    }

    private func json(_ interval: Interval) -> JSON {
        [
            "value": .number(interval.value), "lower": .number(interval.lower),
            "upper": .number(interval.upper),
        ]
    }
}

extension BareProduct.Size {
    /// The sizes in words.
    fileprivate var text: String { "\(rows) rows of \(inputs) to \(outputs)" }
}
