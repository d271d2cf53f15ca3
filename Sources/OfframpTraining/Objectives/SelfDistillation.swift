import OfframpExit
import OfframpTensor

/// The inner exits learn the last exit's answers: `KL(softmax(z_E / T) ‖ softmax(z_i / T))` summed,
/// the teacher's gradient stopped. Needs no labels (FastBERT's second stage, Liu et al. 2020). In a
/// regression the squared error takes the divergence's place.
package struct SelfDistillation: Objective {
    private let temperature: Float

    /// Distillation at a temperature; FastBERT's is 1.
    package init(temperature: Float = 1) { self.temperature = temperature }

    package var readsLabels: Bool { false }

    package var trains: TrainedParts { .innerHeads }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        let teacher = exits[exits.count - 1].logits
        return exits.dropLast().map { exit in
            targets.distance(exit.logits, from: teacher, temperature: temperature)
        }
    }
}
