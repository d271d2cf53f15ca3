import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTraining

/// What a trained checkpoint reaches on some rows, as it is stored beside the weights.
struct TrainingReport {
    let json: JSON

    /// Measures every exit, and the operating points.
    init(_ classifier: Classifier, on rows: Dataset) throws {
        let (metric, quality) = (classifier.task.metric, Quality.of(classifier.task.kind))
        let trace = try classifier.trace(rows)
        let exits = zip(trace.depths, trace.exitQualities(quality)).map { depth, value in
            JSON.object([
                .init("depth", .number(depth)), .init(metric.rawValue, .number(value)),
            ])
        }
        let points = try classifier.settings.operatingPoints.map { name in
            let policy = try PolicyCatalog.policy(
                name.value.string ?? "", for: classifier.settings.context(for: classifier.task))
            let point = trace.point(
                policy, cost: classifier.engine.model.cost, quality: quality)
            return JSON.object(
                [.init("name", .string(name.key))] + point.members(metric: metric))
        }
        json = [
            "rows": .number(rows.rows.count), "exits": .array(exits),
            "operating_points": .array(points),
        ]
    }
}

extension TrainingReport {
    /// Adds to a checkpoint what it reaches, the weights as they are stored.
    ///
    /// - Parameter settings: of the heads that were written to the folder.
    static func write(
        _ settings: ExitSettings, in folder: String, on data: TrainingData, workers: Workers
    ) throws {
        let classifier = try Classifier(
            Checkpoint(folder), settings, policy: settings.policy, workers: workers)
        let sets = [("dev", data.reporting), ("chosen_on", data.choosing)]
        var settings = settings
        settings.results = .object(
            try sets.compactMap { name, rows in
                try rows.map { .init(name, try TrainingReport(classifier, on: $0).json) }
            })
        try CheckpointWriter(folder, overwriting: true).write(settings)
    }
}

extension CurvePoint {
    /// The point in JSON.
    func members(metric: Metric) -> [JSON.Member] {
        [
            .init("policy", .string(policy)), .init(metric.rawValue, .number(accuracy)),
            .init("average_exit", .number(averageDepth)),
            .init("relative_compute", .number(relativeCompute ?? .nan)),
        ]
    }
}
