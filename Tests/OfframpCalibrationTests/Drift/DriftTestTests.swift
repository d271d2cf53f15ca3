import OfframpTensor
import Testing

@testable import OfframpCalibration

@Suite struct DriftTestTests {
    /// The text of the first alarm, if there is one, where the chance of a disagreement depends on the text.
    private func alarm(
        _ random: inout RandomSource, within texts: Int, falseAlarms: Double = 0.05,
        chance: (Int) -> Double
    ) -> Int? {
        var test = DriftTest(allowed: 0.03, falseAlarms: falseAlarms)
        for text in 1...texts {
            let disagrees = Double.random(in: 0..<1, using: &random) < chance(text)
            if test.observe(disagreement: disagrees) { return text }
        }
        return nil
    }

    /// Of 500 runs no more than 5 % may end in an alarm; 8 % is three standard errors above that.
    @Test func `false alarms are no more frequent than promised`() {
        var random = RandomSource(seed: 5)
        let alarms = (0..<500).count { _ in alarm(&random, within: 1000) { _ in 0.03 } != nil }
        #expect(alarms <= 40, "\(alarms)")
        let eager = (0..<500).count { _ in
            alarm(&random, within: 200, falseAlarms: 0.5) { _ in 0.03 } != nil
        }
        #expect(eager > 25, "a test that never gives an alarm would pass as well: \(eager)")
    }

    @Test(arguments: [(1, 50), (2000, 100)])
    func `a drift is found soon, also after many good texts`(start: Int, most: Int) {
        var random = RandomSource(seed: 6)
        let found = (0..<50).compactMap { _ in
            alarm(&random, within: start + 400) { $0 < start ? 0.01 : 0.2 }
        }
        #expect(found.count == 50)
        let delay = found.map { $0 - start }.sorted()[25]
        #expect(delay >= 0 && delay < most, "\(delay) texts")
    }

    /// On the first text 1 - 1 / ln(1 + e) is bet, a sixth of it on each chance.
    @Test func `the wealth is what the bets say`() {
        let chances = (1...6).map { 0.03 + 0.97 / Double(1 << $0) }
        let reserve = 1 / 1.3132616875
        let wealth = reserve + (1 - reserve) * chances.reduce(0) { $0 + $1 / 0.03 } / 6
        for (falseAlarms, alarms) in [(1 / (wealth - 0.01), true), (1 / (wealth + 0.01), false)] {
            var test = DriftTest(allowed: 0.03, falseAlarms: falseAlarms)
            #expect(test.observe(disagreement: true) == alarms)
            #expect((test.texts, test.disagreements) == (1, 1))
        }
    }
}
