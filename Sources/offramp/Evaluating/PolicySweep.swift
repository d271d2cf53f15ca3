import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// The curve of quality against compute for one kind of policy, from one pass over the rows.
struct PolicySweep {
    let metric: Metric
    let points: [CurvePoint]

    /// Runs the model once and replays every threshold; the full model stands first.
    ///
    /// - Parameter policy: of the kind to walk; its options hold, its numbers do not matter.
    init(of policy: String, _ model: LoadedModel, _ dataset: Dataset) throws {
        let policies = try PolicyKind.sweep(policy, for: model.context)
        let trace = try model.trace(dataset)
        metric = trace.metric
        points = trace.curve([Full()] + policies, cost: model.engine.model.cost)
    }

    /// A table for people to read.
    var text: String {
        var table = TextTable([
            ("policy", .left), (metric.title, .right), ("average exit", .right),
            ("compute", .right),
        ])
        for point in points {
            table.add([
                point.policy, metric.text(point.quality), point.averageDepth.text(decimals: 2),
                "\((point.relativeCompute ?? .nan).percent) %",
            ])
        }
        return table.text
    }

    /// One object per line.
    var json: String {
        points.map { point in
            JSON.object(point.members(metric)).text() + "\n"
        }.joined()
    }
}
