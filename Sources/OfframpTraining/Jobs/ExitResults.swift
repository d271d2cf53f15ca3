import OfframpEngine
import OfframpExit
import OfframpFiles

/// What a model reaches on some rows, as a checkpoint keeps it beside the weights.
package struct ExitResults {
    /// The quality of each exit if it answered for all rows, `[exits]`.
    package let qualities: [Double]
    /// The rows, every exit and every operating point as an object.
    package let json: JSON

    /// Measures every exit, and the operating points of some settings.
    ///
    /// - Parameter trace: of the rows, with their right answers.
    /// - Throws: `OfframpError` (`usage`) for an operating point that is no policy.
    package init(_ trace: Trace, _ model: LoadedModel, _ settings: ExitSettings) throws {
        let metric = trace.metric
        qualities = trace.exitQualities
        let exits = zip(trace.depths, qualities).map { depth, value in
            JSON.object([
                .init("depth", .number(depth)), .init(metric.name, .number(value)),
            ])
        }
        // The model was loaded before the settings knew what policies have learned.
        let context = settings.context(for: model.task)
        let points = try settings.operatingPoints.map { point in
            let policy = try PolicyKind.policy(point.value.string ?? "", for: context)
            let measured = trace.point(policy, cost: model.engine.model.cost)
            return JSON.object(
                [.init("name", .string(point.key))] + measured.members(metric))
        }
        json = [
            "rows": .number(trace.textCount), "exits": .array(exits),
            "operating_points": .array(points),
        ]
    }
}
