import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTraining

/// How a classifier does on labelled rows: how well, where texts leave, at what cost.
struct Evaluation {
    let classifier: Classifier
    let rows: Int
    let badRows: Int
    /// The task's metrics, the most usual first.
    let metrics: [(metric: Metric, value: Double)]
    /// Scores by label; empty in a regression.
    let labels: [LabelScores]
    /// One entry an exit.
    let exits: [ExitFigures]
    /// In layers.
    let averageExit: Double
    /// Multiply-adds relative to the full model.
    let relativeCompute: Double
    /// From text to answer.
    let rowsPerSecond: Double

    /// One exit: how good it would be alone, and how many texts left there.
    struct ExitFigures {
        let depth: Int
        let quality: Double
        let share: Double
    }

    /// Runs the classifier over the rows.
    init(_ classifier: Classifier, _ dataset: Dataset) throws {
        let texts = dataset.texts
        let targets = dataset.targets
        let trace = try classifier.trace(dataset)
        // Timed after the trace, which has warmed everything up.
        let stopwatch = Stopwatch()
        let answers = classifier.answers(try classifier.encode(texts))
        rowsPerSecond = Double(texts.count) / stopwatch.seconds
        self.classifier = classifier
        (rows, badRows) = (texts.count, dataset.badRows.count)
        let figures = targets.figures(
            Metric.all(for: dataset.kind), answers.map(\.prediction),
            labels: classifier.task.outputs)
        (metrics, labels) = (figures.metrics, figures.labels)
        let point = trace.point(
            classifier.policy, cost: classifier.engine.model.cost,
            quality: .of(classifier.task.kind))
        (averageExit, relativeCompute) = (point.averageDepth, point.relativeCompute ?? .nan)
        let qualities = trace.exitQualities(.of(classifier.task.kind))
        exits = trace.depths.indices.map {
            ExitFigures(
                depth: trace.depths[$0], quality: qualities[$0], share: point.shares[$0])
        }
    }
}

extension Targets {
    /// The metrics of some predictions, and the scores by label.
    fileprivate func figures(
        _ metrics: [Metric], _ predictions: [Prediction], labels count: Int
    ) -> (metrics: [(Metric, Double)], labels: [LabelScores]) {
        switch self {
        case .labels(let right), .softened(let right, _):
            let matrix = ConfusionMatrix(
                right: right, given: predictions.map(\.label), labels: count)
            return (metrics.map { ($0, $0.value(matrix) ?? .nan) }, matrix.scores)
        case .values(let right):
            let right = right.map { Double($0) }
            let given = predictions.map { Double($0.score) }
            return (metrics.map { ($0, $0.value(right: right, given: given) ?? .nan) }, [])
        }
    }
}
