import OfframpExit
import OfframpTensor

/// The last exit's loss alone: ordinary fine-tuning, the first stage of DeeBERT, FastBERT and ZTW.
package struct FinalOnly: Objective {
    /// The objective.
    package init() {}

    package var trains: TrainedParts { .lastHead }

    /// There is one loss.
    package var isSolvedByExit: Bool { true }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        [targets.loss(exits[exits.count - 1].logits)]
    }
}
