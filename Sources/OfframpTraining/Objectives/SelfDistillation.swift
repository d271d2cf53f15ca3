import OfframpTensor

/// The inner exits learn the last exit's answers: `KL(softmax(z_E / T) ‖ softmax(z_i / T))` summed,
/// the teacher's gradient stopped. Needs no labels (FastBERT's second stage, Liu et al. 2020). In a
/// regression the squared error takes the divergence's place.
public struct SelfDistillation: Objective {
    private let temperature: Float

    /// Distillation at a temperature; FastBERT's is 1.
    public init(temperature: Float = 1) { self.temperature = temperature }

    /// The loss of one batch; see the type for its formula.
    public func loss(_ logits: [Tensor], _ targets: Targets) -> Tensor {
        let teacher = logits[logits.count - 1]
        return logits.dropLast().map { $0.distillation(from: teacher, temperature) }.sum()
    }
}

extension Tensor {
    /// How far these logits are from a teacher's, whose gradient is stopped: the divergence of their
    /// distributions, or the squared error of a regression, whose only probability is always 1.
    func distillation(from teacher: Tensor, _ temperature: Float) -> Tensor {
        guard columns > 1 else { return squaredError(teacher.values) }
        return tempered(temperature)
            .divergence(from: teacher.tempered(temperature).softmax())
    }

    /// The logits divided by a temperature.
    private func tempered(_ temperature: Float) -> Tensor {
        temperature == 1 ? self : (1 / temperature) * self
    }
}
