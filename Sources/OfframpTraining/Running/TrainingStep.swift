import OfframpEngine
import OfframpExit
import OfframpTensor

/// The loss and gradients of one batch, its texts spread over the workers.
struct TrainingStep: Sendable {
    let source: ExitSource
    let targets: Targets
    let stage: Stage
    /// The leaves whose gradients are projected, where the stage does so.
    let projected: Set<Int>
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
            let losses = losses(of: exits, objective, targets.gathering(texts))
            return (
                share * losses.reduce(0) { $0 + $1.scalar },
                losses.map { (share * $0).gradients() }
            )
        }
        return (results.reduce(0) { $0 + $1.0 }, together(results.map(\.1)))
    }

    /// What gets a gradient of its own: one loss, or the two terms of it that may be at odds.
    private func losses(
        of exits: [HeadOutput], _ objective: any Objective, _ targets: Targets
    ) -> [Tensor] {
        let terms = objective.terms(exits, targets)
        let agreement = stage.consistency.loss(Array(stage.parts.trained(exits)), targets)
        guard stage.projectsLast, objective.separatesLast else {
            return [terms.sum() + agreement]
        }
        return [terms[0] + agreement, terms[1]]
    }

    /// Adds up the workers' gradients, loss by loss, and then the losses'.
    private func together(_ parts: [[Gradients]]) -> Gradients {
        var sums = (0..<(parts.first?.count ?? 0)).map { loss in
            parts.reduce(into: Gradients()) { $0.add($1[loss]) }
        }
        // Terms are the last exit's and the inner ones'.
        if stage.projectsLast, sums.count == 2 {
            sums[0].project(projected, protecting: sums[1])
        }
        return sums.reduce(into: Gradients()) { $0.add($1) }
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
