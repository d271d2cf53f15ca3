import Glibc
import OfframpEngine
import OfframpExit
import OfframpTensor

/// One stage of a training run: its epochs and steps, from wherever the state stands.
struct StageRun {
    let trainer: Trainer
    let stage: Stage
    /// Decides everything random in the stage.
    let seed: UInt64
    let train: TrainingSet
    /// What the best epoch is chosen on.
    let validation: TrainingSet
    /// What the heads read of both, where the backbone stays as it is in all stages.
    let features: FrozenFeatures?
    /// The run that a saved state must belong to.
    let identity: RunIdentity
    let observer: @Sendable (TrainingEvent) -> Void

    private var settings: TrainingSettings { trainer.settings }

    /// Runs the rest of the stage and leaves its best model in the state.
    func run(_ state: inout TrainingState) throws {
        if let store = try solvedStore(state.model) {
            try solve(&state, store)
            state.finishStage()
        } else if stage.parts == .signals, state.model.heads.kind.pooling != .none, let features {
            try runSignals(&state, features.train)
        } else {
            try train(&state, source(state.model))
            state.finishStage()
        }
    }

    /// What heads are solved for on; `nil` where they are trained, as they are on a backbone that has
    /// learned from the same texts.
    private func solvedStore(_ model: EarlyExitModel) throws -> FeatureStore? {
        guard stage.isSolved(model.heads) else { return nil }
        return try features?.train ?? (stage.keepingConfidence == nil ? nil : store(model))
    }

    private func solve(_ state: inout TrainingState, _ store: FeatureStore) throws {
        let exits = Array(stage.parts.trained(Array(0..<state.model.heads.count)))
        observer(.solving(name: stage.name, exits: exits.count))
        let solver = HeadSolver(
            store: store, targets: train.targets, seed: seed, workers: trainer.workers,
            keepingConfidence: stage.keepingConfidence)
        let logits = try solver.solve(&state.model.heads, exits: exits) {
            observer(.solved($0, of: exits.count))
        }
        for (exit, logits) in zip(exits, logits) { state.heldOutLogits[exit] = logits }
        let model = state.model
        let qualities = qualities(model, .features(store))
        observer(.measured(depths: model.heads.depths, qualities: qualities))
    }

    func train(_ state: inout TrainingState, _ source: ExitSource) throws {
        let table = ParameterTable(state.model, parts: stage.parts)
        // With a single exit there are no inner heads to train.
        guard !table.entries.isEmpty else { return }
        var optimizer = AdamW(table, settings: optimizerSettings, workers: trainer.workers)
        if let moments = try state.takeMoments(table) {
            optimizer.restore(moments, step: state.step)
        }
        let stepsPerEpoch = plan(epoch: 0).batches.count
        let schedule = LearningRateSchedule(
            steps: (stage.averagesCycles ? 1 : stage.epochs) * stepsPerEpoch,
            warmupShare: settings.warmupShare)
        let steps = stage.epochs * stepsPerEpoch
        observer(.stage(name: stage.name, epochs: stage.epochs, steps: steps))
        let step = TrainingStep(
            source: source, targets: train.targets, stage: stage,
            projected: table.layerWeights(layers: state.model.backbone.configuration.layerCount),
            workers: trainer.workers)
        if features != nil, state.epoch == 0, state.model.heads.startSolved {
            // Heads that were solved for are not to get worse.
            let qualities = qualities(state.model, source)
            _ = state.keepIfBest(state.model, score(state.model, qualities, source, epoch: 0))
        }
        while state.epoch < stage.epochs, !isExhausted(state) {
            try runEpoch(&state, &optimizer, step, schedule)
        }
    }

    private func isExhausted(_ state: TrainingState) -> Bool {
        stage.patience.map { state.epoch - state.bestEpoch >= $0 } ?? false
    }

    private func runEpoch(
        _ state: inout TrainingState, _ optimizer: inout AdamW, _ step: TrainingStep,
        _ schedule: LearningRateSchedule
    ) throws {
        let batches = plan(epoch: state.epoch).batches
        for batch in batches[(state.step - state.epoch * batches.count)...] {
            let stepSeed = RandomSource.seed(seed, UInt64(state.step))
            let (loss, gradients) = step.run(
                batch,
                optimizer.table.tracked(
                    state.model, format: settings.productFormat, workers: trainer.workers),
                stage.objective(step: state.step, of: stage.epochs * batches.count),
                seed: stepSeed)
            let rateFactor = schedule(state.step % schedule.steps)
            optimizer.update(&state.model, gradients, rateFactor: rateFactor)
            state.step += 1
            let steps = stage.epochs * batches.count
            observer(.step(state.step, of: steps, loss: loss, texts: batch.count))
            if state.step % settings.stepsBetweenSaves == 0 { try save(state, optimizer) }
        }
        finishEpoch(&state, step.source)
        try save(state, optimizer)
    }

    private func finishEpoch(_ state: inout TrainingState, _ source: ExitSource) {
        let model = stage.averagesCycles ? state.average() : state.model
        let qualities = qualities(model, source)
        state.epoch += 1
        let isKept = state.keepIfBest(
            model, score(model, qualities, source, epoch: state.epoch),
            margin: marginOfEarlierEpochs(state.model.heads))
        observer(
            .epoch(
                state.epoch, of: stage.epochs, depths: state.model.heads.depths,
                qualities: qualities, isKept: isKept))
    }

    /// By how much an earlier epoch must be better to be kept where a schedule runs to its end: in training the backbone
    /// or heads that read all tokens. It ends with small steps, so that the last weights are better than the rows can
    /// tell: of two epochs that answer one text in sixteen otherwise, the difference has this standard error.
    private func marginOfEarlierEpochs(_ heads: HeadSet) -> Double {
        guard !stage.hasFrozenBackbone || heads.kind.pooling == .none, !stage.averagesCycles else {
            return 0
        }
        return 0.25 / Double(max(validation.count, 1)).squareRoot()
    }

    private func qualities(_ model: EarlyExitModel, _ source: ExitSource) -> [Double] {
        guard let features else {
            return trainer.trace(source.answering(model), validation).exitQualities
        }
        return trainer.engine(model).trace(features.validation, gold: validation.gold)
            .judged(by: trainer.metric).exitQualities
    }

    /// The mean over the exits that the stage trains; of signals, which change no answer, their loss.
    private func score(
        _ model: EarlyExitModel, _ qualities: [Double], _ source: ExitSource, epoch: Int
    ) -> Double {
        if case .signals(let source) = source, let features {
            return -signalLoss(model, source, features.validation)
        }
        let judged = stage.parts.trained(qualities)
        // Where the loss is not at hand, the last epoch is as good as any.
        guard !judged.isEmpty else { return Double(epoch) }
        return judged.reduce(0, +) / Double(judged.count)
    }

    private func source(_ model: EarlyExitModel) throws -> ExitSource {
        guard stage.hasFrozenBackbone else {
            return .texts(
                train.texts, stage.flow.gradientFlow(exits: model.heads.count),
                WordDeletion(probability: stage.wordDeletion))
        }
        if let features { return .features(features.train) }
        guard model.heads.kind.pooling != .none else {
            let packed = FeatureNoise.packed(model, train.texts, trainer.workers)
            return .frozenTexts(train.texts, packed.backbone)
        }
        return .features(try store(model))
    }

    private func store(_ model: EarlyExitModel) throws -> FeatureStore {
        let done = Counter()
        let (observer, count) = (observer, train.count)
        return try FeatureStore(
            train.texts, model: model, engine: trainer.engine(model), folder: trainer.scratchFolder
        ) { observer(.features(done: done.add($0), of: count)) }
    }

    private func plan(epoch: Int) -> EpochPlan {
        EpochPlan(
            lengths: train.texts.map(\.ids.count), batchSize: settings.batchSize,
            seed: RandomSource.seed(seed, ~UInt64(epoch)))
    }

    private var optimizerSettings: AdamW.Settings {
        AdamW.Settings(
            learningRate: stage.learningRate, headFactor: stage.headFactor,
            weightDecay: stage.weightDecay, largestNorm: settings.largestNorm)
    }

    private func save(_ state: TrainingState, _ optimizer: AdamW) throws {
        guard let file = trainer.stateFile else { return }
        try state.save(to: file, moments: optimizer.moments, table: optimizer.table, run: identity)
    }
}
