import OfframpExit
import OfframpTensor

/// The loss of the answer that the exits give together, and a price for every exit that a text passes:
/// adaptive computation time (Graves, 2016).
///
/// The halting probabilities h_n, the heads' signals, add up until they reach 1 - ε, at exit N; that exit
/// gets the remainder R, what the ones before it leave of 1. The price is `τ (N + R)`, N counted from 1;
/// N itself has no gradient.
package struct PonderCost: Objective {
    private let price: Float
    private let slack: Float

    /// - Parameters:
    ///   - price: τ.
    ///   - slack: ε.
    package init(price: Float, slack: Float = 0.01) { (self.price, self.slack) = (price, slack) }

    package var needsSignal: Bool { true }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        let halting = exits.map { exit -> Tensor in
            guard let signal = exit.signal else { preconditionFailure("heads with a signal") }
            return signal
        }
        let last = lastExits(halting.map(\.values))
        var (shares, costs) = ([Tensor](), [Tensor]())
        var left = Tensor(halting[0].shape, repeating: 1)
        for (exit, own) in halting.enumerated() {
            let isBefore = Tensor(last.map { exit < $0 ? 1 : 0 }, own.shape)
            let isLast = Tensor(last.map { exit == $0 ? 1 : 0 }, own.shape)
            shares.append(isBefore * own + isLast * left)
            costs.append(isLast * (left + Float(exit + 1)))
            left = left - own
        }
        let answers = targets.rules.mixture(exits.map(\.logits), weights: shares)
        return [targets.loss(answers), price * costs.map { $0.mean() }.sum()]
    }

    /// The exit where each text's halting probabilities reach 1 - ε, the last one at the latest.
    ///
    /// - Parameter halting: of each exit, `[texts]`.
    private func lastExits(_ halting: [[Float]]) -> [Int] {
        halting[0].indices.map { text in
            var sum: Float = 0
            let reached = halting.firstIndex { exit in
                sum += exit[text]
                return sum >= 1 - slack
            }
            return reached ?? halting.count - 1
        }
    }
}
