import Offramp
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTraining

/// A classifier's figures on labelled rows: how good it is, where texts leave, at what cost.
struct Evaluation {
    let classifier: Classifier
    let rows: Int
    let badRows: Int
    /// The task's metrics, the most usual first.
    let metrics: [(metric: Metric, value: Double)]
    /// Scores by label; empty in a regression.
    let labels: [LabelScores]
    /// One entry per exit.
    let exits: [ExitFigures]
    /// In layers.
    let averageExit: Double
    /// Multiply-adds relative to the full model.
    let relativeCompute: Double
    /// Tokenizing included.
    let rowsPerSecond: Double

    /// One exit: the metrics if it answered all texts, and the share of texts that left there.
    struct ExitFigures {
        let depth: Int
        let metrics: [(metric: Metric, value: Double)]
        let share: Double
    }

    /// Runs the classifier over the rows.
    init(_ classifier: Classifier, _ dataset: Dataset) throws {
        let model = classifier.model
        let (inputs, gold) = (dataset.inputs, dataset.gold)
        let trace = try model.trace(inputs, gold: gold)
        // Timed after the trace, which has warmed everything up.
        let stopwatch = Stopwatch()
        let answers = model.engine.answers(try model.encode(inputs), policy: classifier.policy)
        rowsPerSecond = Double(inputs.count) / stopwatch.seconds
        self.classifier = classifier
        (rows, badRows) = (inputs.count, dataset.badRows.count)
        let predictions = answers.map(\.prediction)
        func measured(_ predictions: [Prediction]) -> [(metric: Metric, value: Double)] {
            model.task.rules.metrics.map { ($0, $0(predictions, gold) ?? .nan) }
        }
        metrics = measured(predictions)
        labels = model.task.rules.labelScores(predictions, gold)
        let point = trace.point(classifier.policy, cost: model.engine.model.cost)
        (averageExit, relativeCompute) = (point.averageDepth, point.relativeCompute ?? .nan)
        exits = zip(trace.depths, point.shares).map { depth, share in
            let answers = trace.replay(FixedDepth(depth))
            return ExitFigures(
                depth: depth, metrics: measured(answers.map(\.prediction)), share: share)
        }
    }
}
