import Glibc
import OfframpEngine
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
    /// The run that a saved state must belong to.
    let identity: RunIdentity
    let observer: @Sendable (TrainingEvent) -> Void

    private var settings: TrainingSettings { trainer.settings }

    /// Runs the rest of the stage and leaves its best model in the state.
    func run(_ state: inout TrainingState) throws {
        let table = ParameterTable(state.model, parts: stage.parts)
        // With a single exit there are no inner heads to train.
        guard !table.entries.isEmpty else { return state.finishStage() }
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
            source: try source(state.model), targets: train.targets, stage: stage,
            workers: trainer.workers)
        while state.epoch < stage.epochs {
            try runEpoch(&state, &optimizer, step, schedule)
        }
        state.finishStage()
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
                stage.objective(step: state.step), seed: stepSeed)
            let rateFactor = schedule(state.step % schedule.steps)
            optimizer.update(&state.model, gradients, rateFactor: rateFactor)
            state.step += 1
            let steps = stage.epochs * batches.count
            observer(.step(state.step, of: steps, loss: loss, texts: batch.count))
            if state.step % settings.stepsBetweenSaves == 0 { try save(state, optimizer) }
        }
        finishEpoch(&state)
        try save(state, optimizer)
    }

    private func finishEpoch(_ state: inout TrainingState) {
        let model = stage.averagesCycles ? state.average() : state.model
        let qualities = trainer.qualities(model, validation)
        state.epoch += 1
        let isBest = state.keepIfBest(model, score(qualities))
        observer(
            .epoch(
                state.epoch, of: stage.epochs, depths: state.model.heads.depths,
                qualities: qualities, isBest: isBest))
    }

    /// The mean over the exits that the stage trains.
    private func score(_ qualities: [Double]) -> Double {
        let judged = stage.parts.trained(qualities)
        return judged.reduce(0, +) / Double(judged.count)
    }

    private func source(_ model: EarlyExitModel) throws -> ExitSource {
        guard stage.hasFrozenBackbone else {
            return .texts(
                train.texts, stage.flow.gradientFlow(exits: model.heads.count),
                WordDeletion(probability: stage.wordDeletion))
        }
        guard model.heads.kind.pooling != .none else { return .frozenTexts(train.texts) }
        let done = Counter()
        let (observer, count) = (observer, train.count)
        let folder = trainer.stateFile.map {
            String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)])
        }
        let store = try FeatureStore(
            train.texts, model: model, engine: trainer.engine(model), folder: folder ?? "."
        ) { observer(.features(done: done.add($0), of: count)) }
        return .features(store)
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
