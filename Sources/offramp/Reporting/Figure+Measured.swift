import OfframpExit
import OfframpFiles

extension Figure {
    /// Bad rows are shown where there are some; programs always learn how many.
    static func badRows(_ count: Int) -> Figure {
        count > 0 ? Figure("bad_rows", .count(count)) : .json("bad_rows", .number(count))
    }

    /// How fast rows are answered.
    static func rowsPerSecond(_ rate: Double) -> Figure {
        Figure(
            "rows_per_second", title: "speed",
            Value(text: "\(Int(rate).grouped) rows/s", json: .number(rate)))
    }
}

extension [Figure] {
    /// What metrics found.
    static func metrics(_ metrics: [(metric: Metric, value: Double)]) -> [Figure] {
        metrics.map { Figure($0.metric.name, title: $0.metric.title, .metric($0.metric, $0.value)) }
    }

    /// The figures of a measured exit or policy from its stored form (`CurvePoint.members`); an exit
    /// has neither an average exit nor a compute.
    static func measured(_ stored: JSON, qualityTitle: String? = nil) -> [Figure] {
        let quality = Metric.catalog.lazy.compactMap { metric in
            stored[metric.name]?.double.map {
                Figure(metric.name, title: qualityTitle ?? metric.title, .metric(metric, $0))
            }
        }.first
        return [
            quality ?? .text(qualityTitle ?? "quality", .blank),
            stored["average_exit"]?.double.map { Figure("average_exit", .number($0, decimals: 2)) }
                ?? .text("average exit", .blank),
            stored["relative_compute"]?.double.map {
                Figure("relative_compute", title: "compute", .share($0))
            } ?? .text("compute", .blank),
        ]
    }
}
