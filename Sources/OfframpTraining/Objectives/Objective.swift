import OfframpExit
import OfframpTensor

/// The training loss over what all exits say.
package protocol Objective: Sendable {
    /// The parts of one batch's loss, which is their sum. A stage may project the gradient of one of
    /// them; most objectives have one.
    ///
    /// - Parameters:
    ///   - exits: logits, `[texts, outputs]`, and signals, `[texts, 1]`, where the heads have any, by
    ///     ascending depth; the last exit is the full model.
    ///   - targets: what the texts are; also the rules of their task.
    /// - Returns: scalars, each the mean over the texts.
    func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor]

    /// The objective after a share of a stage's steps, from 0 to 1, for one that changes with it.
    func at(progress: Float) -> any Objective

    /// Whether exits on a frozen backbone are at their best where each one's own loss on the targets
    /// is least, so that linear heads can be solved for instead of trained.
    var isSolvedByExit: Bool { get }

    /// Whether it looks at the right answers. If not, texts without any will do.
    var readsLabels: Bool { get }

    /// Whether it needs heads with a signal.
    var needsSignal: Bool { get }

    /// Whether signals beside exits that are done are solved for: they tell how wrong their exit is.
    var isSolvedBySignal: Bool { get }

    /// The classifiers that learn by it.
    var trains: TrainedParts { get }

    /// Whether its terms are the last exit's loss and that of the inner ones.
    var separatesLast: Bool { get }
}

extension Objective {
    /// The loss of one batch, a scalar.
    package func loss(_ exits: [HeadOutput], _ targets: Targets) -> Tensor {
        terms(exits, targets).sum()
    }

    /// Most objectives are the same from the first step to the last.
    package func at(progress: Float) -> any Objective { self }

    /// Objectives with signals, or without labels, are not.
    package var isSolvedByExit: Bool { false }

    /// Most objectives are about labels.
    package var readsLabels: Bool { true }

    /// Most objectives are about logits alone.
    package var needsSignal: Bool { false }
    package var isSolvedBySignal: Bool { false }

    /// Most objectives are about all exits.
    package var trains: TrainedParts { .classifiers }

    /// Most objectives have one term, or one for each exit.
    package var separatesLast: Bool { false }
}

extension [Tensor] {
    /// The sum of some scalars; 0 of none, as an only exit has no inner ones.
    func sum() -> Tensor { isEmpty ? Tensor([0]) : dropFirst().reduce(self[0], +) }
}
