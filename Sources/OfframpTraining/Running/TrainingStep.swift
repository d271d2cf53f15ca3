import OfframpEngine
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
    ///   - seed: of the dropout.
    /// - Returns: the loss, and the gradients of all workers together, in their order.
    func callAsFunction(
        _ batch: [Int], _ model: EarlyExitModel, seed: UInt64
    ) -> (loss: Float, gradients: Gradients) {
        let parts = dealt(batch)
        let results = workers.map(parts.count) { index in
            let partSeed = RandomSource.seed(seed, UInt64(index))
            let texts = stage.consistency.passes(of: parts[index])
            let logits = source.logits(
                texts, model, dropout(model, partSeed), seed: ~partSeed)
            let share = Float(parts[index].count) / Float(batch.count)
            let loss =
                share
                * (stage.objective.loss(logits, targets.gathering(texts))
                    + stage.consistency.loss(Array(stage.parts.trained(logits))))
            return (loss.scalar, loss.gradients())
        }
        return (
            results.reduce(0) { $0 + $1.0 },
            results.reduce(into: Gradients()) { $0.add($1.1) }
        )
    }

    /// Deals texts that are sorted by length out to the workers, so that each gets as many tokens.
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
