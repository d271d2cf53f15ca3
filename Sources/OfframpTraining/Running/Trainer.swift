import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Trains the exits of a model by a method, stage by stage.
///
/// The result follows from the data, the settings and the number of workers, to the last bit; a run
/// that was interrupted and resumed gives the same.
public struct Trainer: Sendable {
    /// What is trained in which order.
    public let method: Method
    /// The choices of this run.
    public let settings: TrainingSettings
    /// What the texts are told apart by.
    public let task: ModelTask
    /// The threads that share each batch.
    public let workers: Workers
    /// Where states are saved; `nil` for a run that cannot be resumed.
    public let stateFile: String?

    /// A trainer for one run.
    public init(
        method: Method, settings: TrainingSettings, task: ModelTask, workers: Workers = .all,
        stateFile: String? = nil
    ) {
        self.method = method
        self.settings = settings
        self.task = task
        self.workers = workers
        self.stateFile = stateFile
    }

    /// Runs all stages.
    ///
    /// - Parameters:
    ///   - model: the start: a loaded backbone with fresh heads.
    ///   - train: what is learned from.
    ///   - dev: what the best epoch of each stage is chosen on.
    ///   - resuming: whether to go on from the saved state, where there is one.
    ///   - observer: told of the progress.
    /// - Returns: the trained model with its ensemble, if the method learns one.
    /// - Throws: `OfframpError`.
    public func train(
        _ model: EarlyExitModel, on train: TrainingSet, dev: TrainingSet, resuming: Bool = false,
        observer: @escaping @Sendable (TrainingEvent) -> Void = { _ in }
    ) throws -> TrainedModel {
        var state = TrainingState(model: model)
        let run = fingerprint(model, train, dev)
        if resuming, let stateFile {
            let isThere = try state.restore(from: stateFile, run: run)
            observer(.resumed(step: isThere ? state.step : nil))
        }
        while state.runs.count < settings.runs {
            try runStages(&state, train, dev, run, observer)
            state.finishRun(startingAgainFrom: model)
        }
        return try finished(state.runs.model ?? model, train, observer)
    }

    private func runStages(
        _ state: inout TrainingState, _ train: TrainingSet, _ dev: TrainingSet,
        _ run: RunIdentity,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws {
        let seed = settings.seed &+ UInt64(state.runs.count)
        let stages = settings.stages(of: method)
        for (index, stage) in stages.enumerated() where index >= state.stage {
            var stageRun = StageRun(
                trainer: self, stage: stage, seed: RandomSource.seed(seed, UInt64(index)),
                train: train, dev: dev, identity: run, observer: observer)
            try stageRun(&state)
        }
    }

    private func finished(
        _ model: EarlyExitModel, _ train: TrainingSet,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws -> TrainedModel {
        // A regression has no probabilities to put together.
        guard method.learnsEnsemble, task.kind == .classification else {
            return TrainedModel(model: model, ensemble: nil)
        }
        let trace = engine(model).trace(train.texts, gold: train.gold)
        let ensemble = try EnsembleTraining(trace: trace)()
        observer(.ensemble)
        return TrainedModel(model: model, ensemble: ensemble)
    }

    /// An engine around a model in training.
    func engine(_ model: EarlyExitModel) -> Engine {
        Engine(
            model: model, task: task, temperatures: model.heads.depths.map { _ in 1 },
            workers: workers)
    }

    /// The quality of each exit on a set: accuracy, or Pearson's correlation in a regression.
    func qualities(_ model: EarlyExitModel, _ set: TrainingSet) -> [Double] {
        engine(model).trace(set.texts, gold: set.gold).exitQualities(.of(task.kind))
    }

    /// What must be the same for a run to be resumed.
    private func fingerprint(
        _ model: EarlyExitModel, _ train: TrainingSet, _ dev: TrainingSet
    ) -> RunIdentity {
        var (start, weights) = (model, ParameterDigest())
        start.visitParameters(&weights, under: "")
        let choices = Mirror(reflecting: settings).children.map { ($0.label ?? "", $0.value) }
        // A difference is told by the first that shows it: choices before what follows from them.
        let results: [(String, Any)] = [
            ("texts to learn from", "\(train.count) (\(train.digest))"),
            ("texts to choose by", "\(dev.count) (\(dev.digest))"),
            ("starting weights", weights.value),
        ]
        return RunIdentity(
            [
                ("method", method.name), ("depths", model.heads.depths),
                ("threads", workers.count),
            ] + choices + results)
    }
}

/// What a training run gives.
public struct TrainedModel: Sendable {
    /// Backbone and heads.
    public var model: EarlyExitModel
    /// The learned weights of an ensemble over the exits.
    public var ensemble: EnsembleWeights?
}
