import OfframpExit
import OfframpFiles

/// What a trained checkpoint reached on some texts, as it is stored beside the weights.
struct TrainingReport {
    let json: JSON

    /// Measures every exit, and the operating points.
    init(
        _ trace: Trace, _ points: OperatingPoints, cost: CostModel, for context: PolicyContext,
        metric: String, quality: Quality
    ) throws {
        let exits = zip(trace.depths, trace.exitQualities(quality)).map { depth, value in
            JSON.object([.init("depth", .number(depth)), .init(metric, .number(value))])
        }
        let policies = try points.points.map { name, policy in
            let point = trace.point(
                try PolicyCatalog.policy(policy, for: context), cost: cost, quality: quality)
            return JSON.object([
                .init("name", .string(name)), .init("policy", .string(policy)),
                .init(metric, .number(point.accuracy)),
                .init("average_exit", .number(point.averageDepth)),
                .init("relative_compute", .number(point.relativeCompute ?? .nan)),
            ])
        }
        json = [
            "rows": .number(trace.texts), "exits": .array(exits),
            "operating_points": .array(policies),
        ]
    }
}
