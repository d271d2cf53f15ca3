import OfframpFiles

extension CurvePoint {
    /// The point as the members of an object.
    ///
    /// - Parameter metric: what the quality is.
    package func members(_ metric: Metric) -> [JSON.Member] {
        [
            .init("policy", .string(policy)), .init(metric.name, .number(quality)),
            .init("average_exit", .number(averageDepth)),
            .init("relative_compute", .number(relativeCompute ?? .nan)),
        ]
    }
}
