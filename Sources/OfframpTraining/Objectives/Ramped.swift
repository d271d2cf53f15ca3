import OfframpExit
import OfframpTensor

/// The last exit's loss and those of the inner ones, whose weights grow during the training from 0.01 to
/// their share of the exits: exit i of E ends with `i / E` (Shallow-Deep Networks, Kaya et al. 2019,
/// where it is the share of the compute).
package struct Ramped: Objective {
    private let progress: Float

    private static let start: Float = 0.01

    /// The objective after a share of the steps.
    package init(progress: Float = 0) { self.progress = progress }

    package func at(progress: Float) -> any Objective { Ramped(progress: progress) }

    /// Each exit's own loss is one term.
    package var isSolvedByExit: Bool { true }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        let weights = (1...exits.count).map { exit -> Float in
            guard exit < exits.count else { return 1 }
            let end = Float(exit) / Float(exits.count)
            return Self.start + progress * (end - Self.start)
        }
        return ExitSum(.given(weights)).terms(exits, targets)
    }
}
