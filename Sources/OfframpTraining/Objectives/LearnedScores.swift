import OfframpExit
import OfframpTensor

/// Another objective's loss beside that of the heads' signals, which learn how wrong their exit is: the
/// squared error against 1 for a wrong answer and 0 for a right one, in a regression against the
/// hyperbolic tangent of its error; the mean over the exits (BERxiT, Xin et al. 2021).
package struct LearnedScores: Objective {
    private let beside: (any Objective)?

    /// Scores beside an objective of the logits; `nil` for the scores alone.
    package init(beside: (any Objective)? = nil) { self.beside = beside }

    package var needsSignal: Bool { true }

    package var isSolvedBySignal: Bool { beside == nil }

    package var trains: TrainedParts { beside?.trains ?? [] }

    package func at(progress: Float) -> any Objective {
        LearnedScores(beside: beside?.at(progress: progress))
    }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        let errors = exits.map { exit -> Tensor in
            guard let signal = exit.signal else { preconditionFailure("heads with a signal") }
            return signal.squaredError(targets.misses(of: exit.logits))
        }
        return (beside?.terms(exits, targets) ?? []) + [(1 / Float(exits.count)) * errors.sum()]
    }
}
