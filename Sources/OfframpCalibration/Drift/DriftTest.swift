import Glibc

/// A test, repeated after every text, of whether disagreements have become more frequent than is allowed.
///
/// It bets that they have, at fair odds if they are just as frequent as allowed: the wealth then reaches
/// `1 / falseAlarms` ever with a probability of at most `falseAlarms`, however long the test goes on (Ville 1939;
/// Waudby-Smith and Ramdas 2023). The bets are spread over how frequent disagreements have become and over the
/// text from which on they have, so that a drift after many good texts is found, too (e-detectors, Shin, Ramdas
/// and Rinaldo 2023).
package struct DriftTest: Sendable {
    /// The chance of a disagreement that is no drift.
    package let allowed: Double
    /// How many texts were observed.
    package private(set) var texts = 0
    /// How many of them disagreed.
    package private(set) var disagreements = 0

    private let falseAlarms: Double
    /// What the chance may have become.
    private let chances: [Double]
    /// What the bets on each chance have grown to; all bets together began with 1.
    private var wealths: [Double]

    private static let chanceCount = 6

    /// A test that has seen nothing.
    ///
    /// - Parameters:
    ///   - allowed: above 0, below 1.
    ///   - falseAlarms: the probability that it ever gives an alarm without a drift, above 0, below 1.
    package init(allowed: Double, falseAlarms: Double) {
        precondition(allowed > 0 && allowed < 1, "a chance")
        precondition(falseAlarms > 0 && falseAlarms < 1, "a probability")
        (self.allowed, self.falseAlarms) = (allowed, falseAlarms)
        var surplus = 1 - allowed
        chances = (0..<Self.chanceCount).map { _ in
            surplus /= 2
            return allowed + surplus
        }
        wealths = chances.map { _ in 0 }
    }

    /// Takes the next text into account.
    ///
    /// - Returns: whether this gives the alarm.
    package mutating func observe(disagreement: Bool) -> Bool {
        texts += 1
        if disagreement { disagreements += 1 }
        let stake = (reserve(before: texts) - reserve(before: texts + 1)) / Double(chances.count)
        for (index, chance) in chances.enumerated() {
            let odds = disagreement ? chance / allowed : (1 - chance) / (1 - allowed)
            wealths[index] = (wealths[index] + stake) * odds
        }
        return wealths.reduce(reserve(before: texts + 1), +) >= 1 / falseAlarms
    }

    /// What is not bet yet before a text, counted from 1. It shrinks slowly, so that much is left for later texts.
    private func reserve(before text: Int) -> Double { 1 / log(Double(text - 1) + M_E) }
}
