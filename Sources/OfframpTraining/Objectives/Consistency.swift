import OfframpExit
import OfframpTensor

/// Every text passes twice, each time with its own dropout and word deletion, and every exit is
/// trained to answer alike both times (R-Drop, Liang et al. 2021). This adds to the loss
/// `a · Σ ½ [KL(p ‖ p') + KL(p' ‖ p)]`, the mean over the texts; each pass is in turn the other's
/// teacher with its gradient stopped. In a regression the squared error replaces the divergences.
package struct Consistency: Sendable, Equatable {
    /// `a`; 0 for a single pass.
    let weight: Float

    package init(weight: Float) { self.weight = weight }

    /// The texts of a batch as they pass: each once, or all of them and then all again.
    package func passes(of texts: [Int]) -> [Int] { weight > 0 ? texts + texts : texts }

    /// What is added to the objective, a scalar.
    ///
    /// - Parameters:
    ///   - exits: those that are trained; logits are `[passes of texts, outputs]`.
    ///   - targets: of all passes.
    package func loss(_ exits: [HeadOutput], _ targets: Targets) -> Tensor {
        guard weight > 0 else { return Tensor([0]) }
        return (weight / 2) * exits.map { disagreement($0.logits, targets) }.sum()
    }

    private func disagreement(_ logits: Tensor, _ targets: Targets) -> Tensor {
        let half = Int32(logits.rows / 2)
        let first = logits.gathering(rows: Array(0..<half))
        let second = logits.gathering(rows: Array(half..<2 * half))
        return targets.distance(first, from: second, temperature: 1)
            + targets.distance(second, from: first, temperature: 1)
    }
}
