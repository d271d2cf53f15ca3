import OfframpExit
import OfframpTensor

/// The last exit learns the labels; the inner ones both the labels and the last exit's answers:
/// `CE(z_E) + Σ w [(1 - g) CE(z_i) + g T² KL(softmax(z_E / T) ‖ softmax(z_i / T))]`, the teacher's
/// gradient stopped (RomeBERT, Geng et al. 2021: g = 0.9, T = 3). In a regression, which has no
/// temperature, the squared error takes the divergence's place.
package struct LabelDistillation: Objective {
    private let share: Float
    private let temperature: Float
    private let innerWeight: Float

    /// Distillation beside labels.
    ///
    /// - Parameters:
    ///   - share: `g`, how much of an inner exit's loss is distillation.
    ///   - temperature: `T`.
    ///   - innerWeight: `w`, how much an inner exit counts against the last.
    package init(share: Float, temperature: Float, innerWeight: Float = 1) {
        self.share = share
        self.temperature = temperature
        self.innerWeight = innerWeight
    }

    /// A frozen backbone learns nothing from the last exit, and an inner one is better off with the
    /// labels and a penalty that fits its features.
    package var isSolvedByExit: Bool { true }

    package var separatesLast: Bool { true }

    /// The last exit's loss, and that of the inner ones.
    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        let last = exits[exits.count - 1].logits
        let scale = targets.rules.distanceScale(temperature: temperature)
        let inner = exits.dropLast().map { exit in
            innerWeight * (1 - share) * targets.loss(exit.logits)
                + innerWeight * share * scale
                * targets.distance(exit.logits, from: last, temperature: temperature)
        }
        return [targets.loss(last), inner.sum()]
    }
}
