import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// The curve of quality against compute for one kind of policy, from one pass over the rows.
struct PolicySweep {
    let metric: Metric
    let layers: Int
    let points: [CurvePoint]

    /// Runs the model once and replays every threshold; the full model stands first.
    ///
    /// - Parameter policy: of the kind to walk; its numbers do not matter.
    init(of policy: String, _ classifier: Classifier, _ dataset: Dataset) throws {
        metric = classifier.task.metric
        layers = classifier.layers
        let policies = try PolicyCatalog.sweep(
            String(policy.prefix { $0 != ":" }),
            for: classifier.settings.context(for: classifier.task))
        let trace = try classifier.trace(dataset)
        points = trace.curve(
            [Full()] + policies, cost: classifier.engine.model.cost,
            quality: .of(classifier.task.kind))
    }

    /// A table for people to read.
    var text: String {
        var table = TextTable([
            ("policy", .left), (metric.title, .right), ("average exit", .right),
            ("compute", .right),
        ])
        for point in points {
            table.add([
                point.policy, metric.text(point.accuracy), point.averageDepth.text(decimals: 2),
                "\((point.relativeCompute ?? .nan).percent) %",
            ])
        }
        return table.text
    }

    /// An object a line.
    var json: String {
        points.map { point in
            JSON.object(point.members(metric: metric)).text() + "\n"
        }.joined()
    }
}
