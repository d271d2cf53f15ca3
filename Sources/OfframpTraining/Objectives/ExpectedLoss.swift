import Glibc
import OfframpExit
import OfframpTensor

/// The loss that is to be expected where texts halt at random, and how far this is from halting everywhere
/// with the same probability: `mean(sum_n p_n loss_n + β KL(p ‖ prior))`, PonderNet (Banino et al., 2021).
///
/// The heads' signals are the probabilities h_n of halting at exit n where none before it did:
/// `p_n = h_n (1 - h_1) … (1 - h_(n-1))`, and the last exit takes the rest. The prior is the same with one
/// rate for all.
package struct ExpectedLoss: Objective {
    private let priorRate: Float
    private let priorWeight: Float

    /// - Parameters:
    ///   - priorRate: the prior's probability of halting.
    ///   - priorWeight: β.
    package init(priorRate: Float, priorWeight: Float) {
        (self.priorRate, self.priorWeight) = (priorRate, priorWeight)
    }

    package var needsSignal: Bool { true }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        let losses = exits.map { targets.losses($0.logits) }
        let shares = self.shares(exits)
        let expected = zip(shares, losses).map { ($0 * $1).mean() }
        let divergences = zip(shares, prior(exits: exits.count)).map { share, prior in
            (share * (share.logOfProbability() - Tensor(share.shape, repeating: log(prior)))).mean()
        }
        return [expected.sum(), priorWeight * divergences.sum()]
    }

    /// The probability of halting at each exit, `[texts, 1]`.
    private func shares(_ exits: [HeadOutput]) -> [Tensor] {
        var (shares, staying) = ([Tensor](), Tensor(.matrix(exits[0].logits.rows, 1), repeating: 1))
        for exit in exits.dropLast() {
            guard let signal = exit.signal else { preconditionFailure("heads with a signal") }
            shares.append(signal * staying)
            staying = staying - shares[shares.count - 1]
        }
        return shares + [staying]
    }

    private func prior(exits: Int) -> [Float] {
        let staying = (0..<exits).map { pow(1 - priorRate, Float($0)) }
        return staying.dropLast().map { priorRate * $0 } + staying.suffix(1)
    }
}
