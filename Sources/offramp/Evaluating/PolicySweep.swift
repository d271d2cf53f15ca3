import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// The curve of quality against compute for one kind of policy, from one pass over the rows.
struct PolicySweep {
    private let rows: [[Figure]]

    /// Runs the model once and replays every threshold; the full model stands first.
    ///
    /// - Parameter policy: of the kind to walk; its options hold, its numbers do not matter.
    init(of policy: String, _ model: LoadedModel, _ dataset: Dataset) throws {
        let policies = try PolicyKind.sweep(policy, for: model.context)
        let trace = try model.trace(dataset)
        let points = trace.curve([Full()] + policies, cost: model.engine.model.cost)
        rows = points.map { point in
            [Figure("policy", .name(point.policy))]
                + .measured(.object(point.members(trace.metric)))
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
