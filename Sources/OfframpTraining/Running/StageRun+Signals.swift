import OfframpEngine
import OfframpExit
import OfframpTensor

/// Signals that are trained alone, beside classifiers that are done.
extension StageRun {
    /// Solves for the signals, or trains them where their objective is no regression.
    func runSignals(_ state: inout TrainingState, _ store: FeatureStore) throws {
        let solver = HeadSolver(
            store: store, targets: train.targets, seed: seed, workers: trainer.workers)
        // Heads know too much of the texts that they have learned from.
        let logits = logits(state.model, store, train).enumerated().map {
            state.heldOutLogits[$0] ?? $1
        }
        guard !stage.objective.isSolvedBySignal else {
            let exits = state.model.heads.count
            observer(.solving(name: stage.name, exits: exits))
            try solver.solveSignals(&state.model.heads, logits: logits) {
                observer(.solved($0, of: exits))
            }
            state.finishStage()
            return
        }
        let scalings = try solver.scalings(of: state.model.heads)
        try train(
            &state, .signals(SignalSource(store: store, scalings: scalings, logits: logits)))
        state.finishStage()
        state.model.heads.absorb(scalings)
    }

    /// What the objective loses on texts that the signals have not learned from.
    func signalLoss(
        _ model: EarlyExitModel, _ source: SignalSource, _ validation: FeatureStore
    ) -> Double {
        let judged = SignalSource(
            store: validation, scalings: source.scalings,
            logits: logits(model, validation, self.validation))
        let texts = Array(0..<self.validation.count)
        let losses = stage.objective.losses.map { objective in
            let terms = objective.at(progress: 1).terms(
                judged.outputs(texts, model.heads), self.validation.targets)
            return Double(terms.sum().scalar)
        }
        return losses.reduce(0, +)
    }

    /// What each exit of a model says of the texts of a set, `[texts, outputs]`.
    private func logits(
        _ model: EarlyExitModel, _ store: FeatureStore, _ set: TrainingSet
    ) -> [Tensor] {
        trainer.engine(model).trace(store, gold: set.gold).exits.map {
            Tensor($0.logits, rows: set.count, columns: model.heads.outputCount)
        }
    }
}
