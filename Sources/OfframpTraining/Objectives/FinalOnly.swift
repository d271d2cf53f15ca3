import OfframpTensor

/// The last exit's loss alone: ordinary fine-tuning, the first stage of DeeBERT, FastBERT and ZTW.
public struct FinalOnly: Objective {
    /// The objective.
    public init() {}

    /// The loss of one batch; see the type for its formula.
    public func loss(_ logits: [Tensor], _ targets: Targets) -> Tensor {
        targets.loss(logits[logits.count - 1])
    }
}
