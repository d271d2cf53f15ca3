import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles

/// What a model reaches on some rows, as a checkpoint keeps it beside the weights.
struct ExitResults {
    /// The quality of each exit if it answered for all rows, `[exits]`.
    let qualities: [Double]
    /// The rows, every exit and every operating point as an object.
    let json: JSON

    /// Measures every exit, and the operating points of some settings.
    ///
    /// - Throws: `OfframpError` (`data`) for pairs where the model knows one segment only.
    init(_ model: LoadedModel, _ settings: ExitSettings, on rows: Dataset) throws {
        let trace = try model.trace(rows)
        let metric = trace.metric
        qualities = trace.exitQualities
        let exits = zip(trace.depths, qualities).map { depth, value in
            JSON.object([
                .init("depth", .number(depth)), .init(metric.name, .number(value)),
            ])
        }
        let points = try settings.operatingPoints.map { point in
            let policy = try PolicyKind.policy(point.value.string ?? "", for: model.context)
            let measured = trace.point(policy, cost: model.engine.model.cost)
            return JSON.object(
                [.init("name", .string(point.key))] + measured.members(metric))
        }
        json = [
            "rows": .number(rows.rows.count), "exits": .array(exits),
            "operating_points": .array(points),
        ]
    }
}
