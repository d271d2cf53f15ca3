import Glibc
import OfframpExit

/// The largest risk that a user allows, and how sure they want to be of it.
package struct RiskLimit: Sendable, Equatable {
    /// The mean loss of a text that is allowed, between 0 and 1.
    package let risk: Double
    /// The probability, over the draw of the calibration texts, that the risk is no larger; `nil` for a promise
    /// on its mean alone.
    package let confidence: Double?

    /// Names a limit.
    package init(risk: Double, confidence: Double?) {
        precondition(risk > 0 && risk < 1, "a risk is a share")
        precondition(confidence.map { $0 > 0 && $0 < 1 } ?? true, "a confidence is a share")
        self.risk = risk
        self.confidence = confidence
    }

    /// The fewest texts on which a policy without any loss keeps the limit.
    package var fewestTexts: Int {
        let texts = confidence.map { log(1 - $0) / log1p(-risk) } ?? 1 / risk - 1
        return Int(min(texts.rounded(.up), Self.moreThanAnybodyHas))
    }

    /// Counts of texts beyond it are no different.
    private static let moreThanAnybodyHas = 1e15

    /// Whether losses of texts that had no part in the choice of the policy show that its risk is within the
    /// limit.
    package func isKept(by losses: TextLosses) -> Bool {
        let texts = losses.values.count
        guard let confidence else {
            return meanBound(losses.values.reduce(0, +), of: texts) <= risk
        }
        let refuted =
            losses.areBinary
            ? binomialTail(Int(losses.values.reduce(0, +)), of: texts, chance: risk)
            : hoeffdingBentkus(losses.mean, of: texts)
        return refuted <= 1 - confidence
    }

    /// The least risk, in hundredths of a percent, that losses show with a confidence; the policy must not have been
    /// chosen by them. `nil` where they show nothing, as when every text is lost.
    package static func least(keptBy losses: TextLosses, confidence: Double) -> RiskLimit? {
        let steps = 10_000
        var (broken, kept) = (0, steps)
        while kept - broken > 1 {
            let middle = (broken + kept) / 2
            let limit = RiskLimit(risk: Double(middle) / Double(steps), confidence: confidence)
            if limit.isKept(by: losses) { kept = middle } else { broken = middle }
        }
        guard kept < steps else { return nil }
        return RiskLimit(risk: Double(kept) / Double(steps), confidence: confidence)
    }

    /// What the risk is at most, on average over the draws of the texts and of one more (conformal risk
    /// control, Angelopoulos et al. 2022), for losses that only grow from policy to policy.
    private func meanBound(_ total: Double, of texts: Int) -> Double {
        (total + 1) / Double(texts + 1)
    }

    /// How probable a mean loss as small as this one is if the risk is above the limit, for losses between 0
    /// and 1 (Bates et al. 2021).
    private func hoeffdingBentkus(_ mean: Double, of texts: Int) -> Double {
        guard mean < risk else { return 1 }
        let count = Double(texts)
        let hoeffding = exp(-count * divergence(mean, risk))
        // A sum of losses may be a rounding error above a whole number.
        let errors = Int((count * mean - 1e-9).rounded(.up))
        return min(hoeffding, exp(1) * binomialTail(errors, of: texts, chance: risk))
    }

    /// The Kullback-Leibler divergence of two coins, in nats.
    private func divergence(_ first: Double, _ second: Double) -> Double {
        func part(_ first: Double, _ second: Double) -> Double {
            first > 0 ? first * log(first / second) : 0
        }
        return part(first, second) + part(1 - first, 1 - second)
    }
}
