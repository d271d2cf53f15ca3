import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// The curve of quality against compute for one kind of policy, from one pass over the rows.
struct PolicySweep {
    private let rows: [[Figure]]

    /// Runs the model once and replays every threshold. The full model stands first and the fixed depths
    /// last: they are the line that a policy's gain is measured from.
    ///
    /// - Parameter policy: of the kind to walk; its options hold for the whole sweep.
    init(of policy: String, _ model: LoadedModel, _ dataset: Dataset) throws {
        let policies = try PolicyKind.sweep(policy, for: model.context)
        let trace = try model.trace(dataset)
        let cost = model.engine.model.cost
        let line = FixedDepthLine(trace, cost: cost)
        let points = trace.curve([Full()] + policies, cost: cost)
        let depths = line.points.filter { depth in !points.contains { $0.policy == depth.policy } }
        rows = (points + depths).map { point in
            [Figure("policy", .name(point.policy))]
                + .measured(.object(point.members(trace.metric)))
                + [
                    Figure(
                        "gain_over_depth", title: "over fixed depth",
                        .difference(trace.metric, line.gain(of: point)))
                ]
        }
    }

    /// A table for people to read.
    var text: String {
        var report = Report()
        report.add(rows: rows)
        return report.text
    }

    /// One object per line.
    var json: String { rows.map { $0.json.text() + "\n" }.joined() }
}
