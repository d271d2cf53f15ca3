import OfframpExit
import OfframpTensor

/// The weighted sum of the exits' own losses.
///
/// ElasticBERT (Liu et al. 2022) sums over all exits, DeeBERT's second stage (Xin et al. 2020) over the
/// inner ones; BranchyNet (Teerapittayanon et al. 2016) weighs the exits near the entrance more, from 1
/// to 0.3; PABEE (Zhou et al. 2020) weighs exit i with i and divides by the sum of weights.
package struct ExitSum: Objective {
    /// Which exits count, and how much.
    package enum Weighting: Sendable, Equatable {
        /// Every exit counts 1.
        case equal
        /// Every exit but the last counts 1.
        case inner
        /// Exit i of E counts i / (1 + … + E).
        case byDepth
        /// From 1 at the first exit down to 0.3 at the last.
        case nearEntrance
        /// Given weights, `[exits]`.
        case given([Float])
    }

    private let weighting: Weighting

    /// A sum with some weights.
    package init(_ weighting: Weighting) { self.weighting = weighting }

    /// Each exit's own loss is one term.
    package var isSolvedByExit: Bool { true }

    package func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
        zip(weights(exits: exits.count), exits).filter { $0.0 != 0 }
            .map { weight, exit in weight * targets.loss(exit.logits) }
    }

    private func weights(exits: Int) -> [Float] {
        switch weighting {
        case .equal: return Array(repeating: 1, count: exits)
        case .inner: return Array(repeating: 1, count: exits - 1) + [0]
        case .byDepth:
            let sum = Float(exits * (exits + 1) / 2)
            return (1...exits).map { Float($0) / sum }
        case .nearEntrance:
            let steps = Float(max(exits - 1, 1))
            return (0..<exits).map { 1 - 0.7 * Float($0) / steps }
        case .given(let weights):
            precondition(weights.count == exits, "\(weights.count) weights for \(exits) exits")
            return weights
        }
    }
}
