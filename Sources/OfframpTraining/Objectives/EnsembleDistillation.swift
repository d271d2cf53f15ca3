import OfframpExit
import OfframpTensor

/// Every exit learns the labels and what all exits say together, the mean of their logits m:
/// `Σ [(1 - g) CE(z_i) + g T² KL(softmax(m / T) ‖ softmax(z_i / T))]`, the teacher's gradient stopped (ONE, Lan
/// et al. 2018, without its gate). Where no exit is the best by nature, as on a frozen backbone, together they are
/// the better teacher. In a regression the squared error takes the divergence's place.
package struct EnsembleDistillation: Objective {
    private let share: Float
    private let temperature: Float

    /// Distillation beside labels.
    ///
    /// - Parameters:
    ///   - share: `g`, how much of an exit's loss is distillation.
    ///   - temperature: `T`.
    package init(share: Float, temperature: Float) {
        self.share = share
        self.temperature = temperature
    }

    /// Linear exits are better off with the labels alone and a penalty that fits their features.
    package var isSolvedByExit: Bool { true }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        let teacher = ((1 / Float(exits.count)) * exits.map(\.logits.detached).sum())
        let scale = targets.rules.distanceScale(temperature: temperature)
        return exits.map { exit in
            (1 - share) * targets.loss(exit.logits)
                + share * scale
                * targets.distance(exit.logits, from: teacher, temperature: temperature)
        }
    }
}
