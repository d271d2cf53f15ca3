import OfframpTensor

/// Every text passes twice, each time with its own dropout and word deletion, and every exit is to
/// say the same both times (R-Drop, Liang et al. 2021): to the loss of all passes comes
/// `a · Σ ½ [KL(p ‖ p') + KL(p' ‖ p)]`, the mean over the texts, each pass in turn the teacher of the
/// other with its gradient stopped. In a regression the squared error takes the divergences' place.
package struct Consistency: Sendable, Equatable {
    /// `a`; 0 for a single pass.
    let weight: Float

    package init(weight: Float) { self.weight = weight }

    /// The texts of a batch as they pass: each once, or all of them and then all again.
    package func passes(of texts: [Int]) -> [Int] { weight > 0 ? texts + texts : texts }

    /// What is added to the objective, a scalar.
    ///
    /// - Parameter logits: of each exit that is trained, `[passes of texts, labels]`.
    package func loss(_ logits: [Tensor]) -> Tensor {
        guard weight > 0 else { return Tensor([0]) }
        return (weight / 2) * logits.map(disagreement).sum()
    }

    private func disagreement(_ logits: Tensor) -> Tensor {
        let half = Int32(logits.rows / 2)
        let first = logits.gathering(rows: Array(0..<half))
        let second = logits.gathering(rows: Array(half..<2 * half))
        return first.distillation(from: second, 1) + second.distillation(from: first, 1)
    }
}
