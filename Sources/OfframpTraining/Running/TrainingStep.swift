import OfframpEngine
import OfframpExit
import OfframpTensor

/// The loss and gradients of one batch, its texts spread over the workers.
struct TrainingStep: Sendable {
    let source: ExitSource
    let targets: Targets
    let stage: Stage
    let workers: Workers

    /// Runs one batch.
    ///
    /// - Parameters:
    ///   - batch: the texts, by length.
    ///   - model: with its trained parameters at the start of the tape.
    ///   - objective: of this step.
    ///   - seed: of the dropout and the word deletion.
    /// - Returns: the loss, and the gradients of all workers together, in their order.
    func run(
        _ batch: [Int], _ model: EarlyExitModel, _ objective: any Objective, seed: UInt64
    ) -> (loss: Float, gradients: Gradients) {
        let parts = dealt(batch)
        let results = workers.map(parts.count) { index in
            let partSeed = RandomSource.seed(seed, UInt64(index))
            let texts = stage.consistency.passes(of: parts[index])
            let exits = source.outputs(texts, model, dropout(model, partSeed), seed: ~partSeed)
            let share = Float(parts[index].count) / Float(batch.count)
            let loss = share * loss(of: exits, objective, targets.gathering(texts))
            return (loss.scalar, loss.gradients())
        }
        return (
            results.reduce(0) { $0 + $1.0 },
            results.reduce(into: Gradients()) { $0.add($1.1) }
        )
    }

    private func loss(
        of exits: [HeadOutput], _ objective: any Objective, _ targets: Targets
    ) -> Tensor {
        objective.loss(exits, targets)
            + stage.consistency.loss(Array(stage.parts.trained(exits)), targets)
    }

    /// Divides texts, sorted by length, among the workers so that each gets as many tokens.
    private func dealt(_ batch: [Int]) -> [[Int]] {
        let count = min(workers.count, batch.count)
        return (0..<count).map { worker in
            stride(from: worker, to: batch.count, by: count).map { batch[$0] }
        }
    }

    private func dropout(_ model: EarlyExitModel, _ seed: UInt64) -> Dropout {
        guard stage.hasDropout else { return .none }
        let configuration = model.backbone.configuration
        return Dropout(
            hidden: configuration.hiddenDropout, attention: configuration.attentionDropout,
            seed: seed)
    }
}
