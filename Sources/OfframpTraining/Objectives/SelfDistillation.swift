import OfframpTensor

/// The inner exits learn the last exit's answers: `KL(softmax(z_E / T) ‖ softmax(z_i / T))` summed,
/// the teacher's gradient stopped. Needs no labels (FastBERT's second stage, Liu et al. 2020).
public struct SelfDistillation: Objective {
    private let temperature: Float

    /// Distillation at a temperature; FastBERT's is 1.
    public init(temperature: Float = 1) { self.temperature = temperature }

    /// The loss of one batch; see the type for its formula.
    public func loss(_ logits: [Tensor], _ targets: Targets) -> Tensor {
        let teacher = logits[logits.count - 1].tempered(temperature).softmax()
        return logits.dropLast().map { $0.tempered(temperature).divergence(from: teacher) }.sum()
    }
}

extension Tensor {
    /// The logits divided by a temperature.
    func tempered(_ temperature: Float) -> Tensor {
        temperature == 1 ? self : (1 / temperature) * self
    }
}
