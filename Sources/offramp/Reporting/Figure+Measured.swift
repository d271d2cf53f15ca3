import OfframpExit
import OfframpFiles

extension [Figure] {
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
