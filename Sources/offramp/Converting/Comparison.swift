import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTraining

/// What the exits of one method reach on one file, before and after a conversion.
struct Comparison {
    /// The file's name.
    let data: String
    /// How many good rows it has.
    let rows: Int
    let method: String
    /// What the layers compute in, before and after.
    let precision: Precision
    let metric: Metric
    let exits: [Exit]

    /// The quality of one exit if it answered all texts.
    struct Exit {
        let depth: Int
        let before: Double
        let after: Double

        var difference: Double { after - before }
    }

    /// Compares a method on several files; only one model is in memory at a time.
    static func all(
        _ settings: ExitSettings, on datasets: [Dataset], before: Checkpoint, after: Checkpoint,
        workers: Workers
    ) throws -> [Comparison] {
        let (before, after) = (
            try traces(before, settings, datasets, workers),
            try traces(after, settings, datasets, workers)
        )
        return zip(datasets, zip(before, after)).map { dataset, traces in
            let (before, after) = (traces.0.exitQualities, traces.1.exitQualities)
            return Comparison(
                data: dataset.name, rows: dataset.rows.count, method: settings.method,
                precision: settings.precision, metric: traces.0.metric,
                exits: settings.depths.indices.map {
                    Exit(depth: settings.depths[$0], before: before[$0], after: after[$0])
                })
        }
    }

    private static func traces(
        _ checkpoint: Checkpoint, _ settings: ExitSettings, _ datasets: [Dataset],
        _ workers: Workers
    ) throws -> [Trace] {
        let model = try LoadedModel(checkpoint, settings, workers: workers)
        return try datasets.map { try model.trace($0) }
    }
}
