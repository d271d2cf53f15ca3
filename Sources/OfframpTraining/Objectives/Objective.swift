import OfframpExit
import OfframpTensor

/// The training loss over what all exits say.
package protocol Objective: Sendable {
    /// The loss of one batch.
    ///
    /// - Parameters:
    ///   - exits: logits, `[texts, outputs]`, and signals, `[texts, 1]`, where the heads have any, by
    ///     ascending depth; the last exit is the full model.
    ///   - targets: what the texts are; also the rules of their task.
    /// - Returns: a scalar: the mean over the texts.
    func loss(_ exits: [HeadOutput], _ targets: Targets) -> Tensor

    /// Whether exits on a frozen backbone are at their best where each one's own loss on the targets
    /// is least, so that linear heads can be solved for instead of trained.
    var isSolvedByExit: Bool { get }
}

extension Objective {
    /// Objectives with signals, or without labels, are not.
    package var isSolvedByExit: Bool { false }
}

extension [Tensor] {
    /// The sum of some scalars; 0 of none, as an only exit has no inner ones.
    func sum() -> Tensor { isEmpty ? Tensor([0]) : dropFirst().reduce(self[0], +) }
}
