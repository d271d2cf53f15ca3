import Offramp
import OfframpCalibration
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTraining

/// A classifier's figures on labelled rows: how good it is, where texts leave, at what cost.
struct Evaluation {
    let classifier: Classifier
    let rows: Int
    let badRows: Int
    /// The task's metrics, the one that the model was trained for first.
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
    /// Against the full model.
    let speedup: SpeedupFigures
    /// How often each label was given for each right one; `nil` unless every text has one label.
    let confusion: ConfusionMatrix?
    /// The share of the texts that an earlier exit has right and the last one gets wrong.
    let overthinking: Double?
    private let trace: Trace

    /// One exit: the metrics if it answered all texts, the share of texts that left there, and how far its
    /// confidence can be believed.
    struct ExitFigures {
        let depth: Int
        let metrics: [(metric: Metric, value: Double)]
        let share: Double
        /// `nil` in a regression.
        let reliability: (calibrationError: Double, ranking: Double)?
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
        metrics = model.measured(predictions, gold)
        labels = model.task.rules.labelScores(predictions, gold)
        let point = trace.point(classifier.policy, cost: model.engine.model.cost)
        (averageExit, relativeCompute) = (point.averageDepth, point.relativeCompute ?? .nan)
        let (errors, rankings) = (trace.calibrationErrors, trace.confidenceRankings)
        exits = trace.exits.indices.map { exit in
            let answers = trace.replay(FixedDepth(trace.depths[exit]))
            return ExitFigures(
                depth: trace.depths[exit], metrics: model.measured(answers.map(\.prediction), gold),
                share: point.shares[exit],
                reliability: errors.flatMap { errors in
                    rankings.map { (errors[exit], $0[exit]) }
                })
        }
        let hasOneLabel = model.task.kind == .classification
        confusion = hasOneLabel ? ConfusionMatrix(predictions, gold) : nil
        overthinking = trace.overthinking
        speedup = try SpeedupFigures(ClassifierCascade([classifier]), inputs)
        self.trace = trace
    }

    /// The texts that the policy gets wrong.
    func wrongAnswers(_ dataset: Dataset) -> WrongAnswers {
        WrongAnswers(trace, classifier.policy, dataset, classifier.model.task)
    }

    /// A picture of quality against compute.
    func plot() throws -> CurvePlot {
        try CurvePlot(trace, classifier.policy, classifier.model)
    }

    /// Each exit's answers by confidence, `[exits][ranges]`; none in a regression.
    var reliabilityBins: [[ReliabilityBin]] { trace.reliabilityBins ?? [] }

    /// Where texts left.
    var departures: Departures { Departures(trace, classifier.policy) }

    /// The texts that tell most about where the classifier fails.
    var tellingTexts: TellingTexts { TellingTexts(trace, classifier.policy) }
}
