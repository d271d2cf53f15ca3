import OfframpTensor

/// The last exit learns the labels; the inner ones both the labels and the last exit's answers:
/// `CE(z_E) + Σ w [(1 - g) CE(z_i) + g T² KL(softmax(z_E / T) ‖ softmax(z_i / T))]`, the teacher's
/// gradient stopped (RomeBERT, Geng et al. 2021: g = 0.9, T = 3). In a regression, which has no
/// temperature, the squared error takes the divergence's place.
public struct LabelDistillation: Objective {
    private let share: Float
    private let temperature: Float
    private let innerWeight: Float

    /// Distillation beside labels.
    ///
    /// - Parameters:
    ///   - share: `g`, how much of an inner exit's loss is distillation.
    ///   - temperature: `T`.
    ///   - innerWeight: `w`, how much an inner exit counts against the last.
    public init(share: Float, temperature: Float, innerWeight: Float = 1) {
        self.share = share
        self.temperature = temperature
        self.innerWeight = innerWeight
    }

    /// The loss of one batch; see the type for its formula.
    public func loss(_ logits: [Tensor], _ targets: Targets) -> Tensor {
        let last = logits[logits.count - 1]
        let temperature = last.columns > 1 ? temperature : 1
        let inner = logits.dropLast().map { logits in
            let distilled = logits.distillation(from: last, temperature)
            return innerWeight * (1 - share) * targets.loss(logits)
                + innerWeight * share * temperature * temperature * distilled
        }
        return ([targets.loss(last)] + inner).sum()
    }
}
