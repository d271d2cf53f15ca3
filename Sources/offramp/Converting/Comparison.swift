import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTraining

/// What the exits of one method reach on one file, before and after a conversion.
struct Comparison {
    /// The file.
    let data: String
    /// Its good rows.
    let rows: Int
    let method: String
    /// What the layers compute in, before and after.
    let precision: Precision
    let metric: Metric
    let exits: [Exit]

    /// One exit as if it answered for all texts.
    struct Exit {
        let depth: Int
        let before: Double
        let after: Double

        var difference: Double { after - before }
    }

    /// Compares a method on several files; only one model is in memory at a time.
    static func all(
        _ settings: ExitSettings, _ datasets: [Dataset], _ source: Checkpoint,
        _ converted: Checkpoint, _ workers: Workers
    ) throws -> [Comparison] {
        let both = try [source, converted].map { checkpoint in
            let classifier = try Classifier(
                checkpoint, settings, policy: settings.policy, workers: workers)
            return try datasets.map { (classifier.task, try classifier.qualities($0)) }
        }
        return datasets.indices.map { index in
            let (task, before) = both[0][index]
            let after = both[1][index].1
            return Comparison(
                data: datasets[index].name, rows: datasets[index].rows.count,
                method: settings.method, precision: settings.precision, metric: task.metric,
                exits: settings.depths.indices.map {
                    Exit(depth: settings.depths[$0], before: before[$0], after: after[$0])
                })
        }
    }
}

extension Classifier {
    /// The quality of each exit on labelled rows.
    fileprivate func qualities(_ dataset: Dataset) throws -> [Double] {
        try trace(dataset).exitQualities(.of(task.kind))
    }
}
