import OfframpFiles

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
        let settings = "\(classifier.precision.rawValue), \(classifier.policy.name)"
        return "\(texts.grouped) texts, \(settings), \(classifier.engine.workers.count) workers\n"
            + table.text
    }

    /// For programs.
    var json: JSON {
        [
            "texts": .number(texts), "precision": .string(classifier.precision.rawValue),
            "policy": .string(classifier.policy.name),
            "workers": .number(classifier.engine.workers.count),
            "rows_per_second": json(throughput.textsPerSecond),
            "latency_ms": [
                "p50": json(latency.p50), "p95": json(latency.p95), "p99": json(latency.p99),
            ],
        ]
    }

    private func row(_ title: String, _ interval: Interval, decimals: Int) -> [String] {
        let ends = [interval.lower, interval.upper].map { $0.text(decimals: decimals) }
        return [title, interval.value.text(decimals: decimals), ends.joined(separator: " to ")]
    }

    private func json(_ interval: Interval) -> JSON {
        [
            "value": .number(interval.value), "lower": .number(interval.lower),
            "upper": .number(interval.upper),
        ]
    }
}
