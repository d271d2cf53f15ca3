import Offramp
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTraining

/// The figures of a cascade on labelled rows, and those of each of its models alone.
struct CascadeEvaluation {
    let cascade: ClassifierCascade
    let rows: Int
    let badRows: Int
    /// The task's metrics, the one that the largest model was trained for first.
    let metrics: [(metric: Metric, value: Double)]
    /// Which models answered, and what that cost.
    let outcome: CascadeOutcome
    /// From small to large.
    let models: [ModelFigures]
    /// Tokenizing included.
    let rowsPerSecond: Double
    /// Against the largest model run whole.
    let speedup: SpeedupFigures

    /// One model: what it does without the others, and the share of the texts that it answers in the cascade.
    struct ModelFigures {
        let folder: String
        let policy: String
        let metrics: [(metric: Metric, value: Double)]
        /// In layers, alone.
        let averageExit: Double
        /// Alone, relative to the largest model run whole.
        let relativeCompute: Double
        let share: Double
    }

    /// Runs the cascade over the rows, and each of its models.
    init(_ cascade: ClassifierCascade, _ dataset: Dataset) throws {
        let inputs = dataset.inputs
        let trace = try cascade.trace(inputs)
        // Timed after the trace, which has warmed everything up.
        let stopwatch = Stopwatch()
        _ = try cascade.classify(inputs)
        rowsPerSecond = Double(inputs.count) / stopwatch.seconds
        let outcome = trace.replay(CascadeRule(cascade.threshold))
        func measured(_ outcome: CascadeOutcome) -> [(metric: Metric, value: Double)] {
            cascade.largest.model.measured(outcome.answers.map(\.prediction), dataset.gold)
        }
        metrics = measured(outcome)
        models = cascade.classifiers.indices.map { model in
            let alone = trace.alone(model)
            let depths = alone.answers.reduce(0) { $0 + $1.depth }
            return ModelFigures(
                folder: cascade.folders[model], policy: cascade.classifiers[model].policy.name,
                metrics: measured(alone),
                averageExit: Double(depths) / Double(inputs.count),
                relativeCompute: alone.relativeCompute, share: outcome.share(of: model))
        }
        speedup = try SpeedupFigures(cascade, inputs)
        (self.cascade, self.outcome) = (cascade, outcome)
        (rows, badRows) = (inputs.count, dataset.badRows.count)
    }
}
