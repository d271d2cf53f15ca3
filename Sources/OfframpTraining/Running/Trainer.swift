import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// Trains the exits of a model by a method, stage by stage.
///
/// The result follows from the data, the settings and the number of workers, to the last bit; a run
/// that was interrupted and resumed gives the same.
package struct Trainer: Sendable {
    /// What is trained in which order.
    package let method: Method
    /// The choices of this run.
    package let settings: TrainingSettings
    /// What the exits answer.
    package let task: ModelTask
    /// What epochs are chosen by.
    let metric: Metric
    /// How the backbone will be stored: the heads of a trained one are refitted on the states that it has then.
    let storage: ElementType
    /// The threads that share each batch.
    package let workers: Workers
    /// Where states are saved; `nil` for a run that cannot be resumed.
    package let stateFile: String?
    /// Where large results that are needed for a while lie, in files without a name.
    package var scratchFolder: String
    /// How many numbers of the states of tokens are kept for heads that read all of them; more are computed again in
    /// every epoch. 8 GiB.
    package var mostKeptNumbers = 1 << 32

    /// A trainer for one run.
    package init(
        method: Method, settings: TrainingSettings, task: ModelTask, metric: Metric? = nil,
        storage: ElementType = .float32, workers: Workers = .all,
        stateFile: String? = nil, scratchFolder: String = "."
    ) {
        self.method = method
        self.settings = settings
        self.task = task
        self.metric = metric ?? task.rules.metrics[0]
        (self.storage, self.workers) = (storage, workers)
        self.stateFile = stateFile
        self.scratchFolder = scratchFolder
    }

    /// Runs all stages.
    ///
    /// - Parameters:
    ///   - model: the start: a loaded backbone with fresh heads.
    ///   - train: what is learned from.
    ///   - unlabelled: texts for stages that need no labels.
    ///   - validation: what the best epoch of each stage is chosen on.
    ///   - resuming: whether to go on from the saved state, where there is one.
    ///   - observer: gets the progress.
    /// - Returns: the trained model.
    /// - Throws: `OfframpError`.
    package func train(
        _ model: EarlyExitModel, on train: TrainingSet, unlabelled: [Encoding] = [],
        validation: TrainingSet, resuming: Bool = false,
        observer: @escaping @Sendable (TrainingEvent) -> Void = { _ in }
    ) throws -> TrainedModel {
        var state = TrainingState(model: model, savesBackbone: !settings.freezesBackbone)
        let all = train.joined(withUnlabelled: unlabelled)
        let run = stateFile == nil ? RunIdentity([]) : identity(model, train, all, validation)
        if resuming, let stateFile {
            let isThere = try state.restore(from: stateFile, run: run)
            observer(.resumed(step: isThere ? state.step : nil))
        }
        let features = try features(model, all, validation, observer)
        var model = model
        if let features, model.heads.startSolved {
            // There is no saved state to go on from.
            try start(&model.heads, features, train, observer)
            state.model = model
        }
        while state.runs.count < settings.runs {
            try runStages(&state, (train, all), validation, features, run, observer)
            state.finishRun(startingAgainFrom: model)
        }
        var trained = TrainedModel(model: state.runs.model ?? model)
        if method.refits, HeadRefit.applies(to: model.heads),
            !settings.freezesBackbone || (features != nil && model.heads.arePartlySolvable)
        {
            try refit(&trained.model, features, train, validation, observer)
        }
        trained.crossValidated = crossValidated(state, train)
        return trained
    }

    /// What the exits say of texts that they have not learned from, where all of them were solved for
    /// and say nothing but logits.
    private func crossValidated(_ state: TrainingState, _ train: TrainingSet) -> Trace? {
        let heads = state.model.heads
        let logits = (0..<heads.count).compactMap { state.heldOutLogits[$0]?.values }
        guard logits.count == heads.count, heads.signal == nil else { return nil }
        return Trace(
            depths: heads.depths, task: task.kind, outputCount: task.outputCount, logits: logits,
            gold: train.gold, tokens: train.texts.map(\.ids.count)
        ).judged(by: metric)
    }

    private func runStages(
        _ state: inout TrainingState, _ train: (labelled: TrainingSet, all: TrainingSet),
        _ validation: TrainingSet, _ features: FrozenFeatures?, _ run: RunIdentity,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws {
        let seed = settings.seed &+ UInt64(state.runs.count)
        let stages = settings.stages(
            of: method, state.model.heads.kind, texts: train.labelled.count)
        for (index, stage) in stages.enumerated() where index >= state.stage {
            let stageRun = StageRun(
                trainer: self, stage: stage, seed: RandomSource.seed(seed, UInt64(index)),
                train: stage.objective.readsLabels ? train.labelled : train.all,
                validation: validation, features: features, identity: run,
                observer: observer)
            try stageRun.run(&state)
        }
    }

    /// An engine around a model in training.
    func engine(_ model: EarlyExitModel) -> Engine {
        Engine(model: model, task: task, workers: workers)
    }

    /// What every exit of a model says about a set.
    func trace(_ model: EarlyExitModel, _ set: TrainingSet) -> Trace {
        engine(model).trace(set.texts, gold: set.gold).judged(by: metric)
    }

    /// What must be the same for a run to be resumed.
    private func identity(
        _ model: EarlyExitModel, _ train: TrainingSet, _ all: TrainingSet,
        _ validation: TrainingSet
    ) -> RunIdentity {
        var (start, weights) = (model, ParameterDigest())
        start.visitParameters(&weights, under: "")
        let stages = settings.stages(of: method, model.heads.kind, texts: train.count)
        // The first difference is reported: choices come before what follows from them.
        return RunIdentity(
            [
                ("method", method.name), ("head", model.heads.kind.name),
                ("objectives", stages.map(\.objective.name).joined(separator: ", ")),
                ("depths", "\(model.heads.depths)"),
                ("threads", "\(workers.count)"),
            ] + settings.choices + [
                ("texts to learn from", "\(train.count) (\(train.digest))"),
                ("texts with and without labels", "\(all.count) (\(all.digest))"),
                ("texts to choose by", "\(validation.count) (\(validation.digest))"),
                ("starting weights", "\(weights.value)"),
            ])
    }
}

/// What a training run gives.
package struct TrainedModel: Sendable {
    /// Backbone and heads.
    package var model: EarlyExitModel
    /// What the exits say of the training texts, by heads fitted without them; `nil` where the heads
    /// were not solved for.
    package var crossValidated: Trace?
}
