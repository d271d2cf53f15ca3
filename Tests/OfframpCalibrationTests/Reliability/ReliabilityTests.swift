import OfframpExit
import Testing

@testable import OfframpCalibration

/// Golden values by `Scripts/make-calibration-fixtures.py`.
@Suite struct ReliabilityTests {
    static let logits: [Float] = [
        2, 0, -1, 0.5, 1.5, 0, 3, 2.5, 0, -1, 0, 4, 1, 1.2, 0.9, 0, 4, 1,
    ]
    static let oneLabel = Trace(
        depths: [1], outputCount: 3, logits: [logits], gold: .labels([0, 1, 1, 2, 0, 2]))
    static let several = Trace(
        depths: [1], task: .multiLabel, outputCount: 3, logits: [logits],
        gold: .labelSets([[0], [1, 2], [0, 1], [2], [0, 1, 2], []]))

    @Test(arguments: [(oneLabel, 1.9112425925799061), (several, 1.9624209363529783)])
    func `makes the loss least`(trace: Trace, temperature: Double) {
        let found = TemperatureFit.temperatures(trace)
        #expect(abs(Double(found[0]) - temperature) < 2e-3, "\(found)")
    }

    @Test(arguments: [(oneLabel, 0.28182967016162613), (several, 0.22293550351698788)])
    func `the calibration error is NumPy's`(trace: Trace, error: Double) throws {
        let found = try #require(trace.calibrationErrors)
        #expect(abs(found[0] - error) < 1e-6, "\(found)")
    }

    @Test func `answers are grouped by their confidence`() throws {
        let trace = Trace(
            chances: [[0.95], [0.96], [0.04], [0.55], [0.7]], labels: [1, 1, 1, 1, 0])
        let bins = try #require(trace.reliabilityBins)[0]
        #expect(bins.map(\.count) == [1, 1, 3])
        let right = bins.map(\.rightShare)
        #expect(right == [1, 0, 2.0 / 3])
        for (found, wanted) in zip(bins.map(\.confidence), [0.55, 0.7, (0.95 + 0.96 + 0.96) / 3]) {
            #expect(abs(found - wanted) < 1e-6)
        }
    }

    @Test func `exits without mistakes keep a temperature above 0`() {
        let trace = Trace(chances: [[0.9], [0.8]], labels: [1, 1])
        let found = TemperatureFit.temperatures(trace)
        #expect(found[0] > 0.04 && found[0] < 0.06)
    }

    @Test func `a text whose logits are no numbers changes no temperature`() {
        let one = Self.oneLabel
        let strange = Trace(
            depths: one.depths, outputCount: one.outputCount,
            logits: one.exits.map { _ in Array(repeating: .nan, count: one.outputCount) },
            gold: .labels([0]))
        #expect(
            TemperatureFit.temperatures(one.joined(with: strange))
                == TemperatureFit.temperatures(one))
    }

    @Test func `the ranking is scikit-learn's`() throws {
        let found = try #require(Self.oneLabel.confidenceRankings)
        #expect(abs(found[0] - 0.7777777777777779) < 1e-12, "\(found)")
    }

    @Test func `equally sure answers count half`() throws {
        // The first exit is as sure of the right answer as of the wrong one, the second one surer.
        let trace = Trace(chances: [[0.8, 0.9], [0.8, 0.7]], labels: [1, 0])
        #expect(trace.confidenceRankings == [0.5, 1])
    }

    @Test func `numbers have none of it`() {
        let trace = Trace(
            depths: [1, 2], task: .regression, outputCount: 1, logits: [[1, 2], [1, 2]],
            gold: .values([1, 2]))
        #expect(TemperatureFit.temperatures(trace) == [1, 1])
        #expect(trace.calibrationErrors == nil)
        #expect(trace.reliabilityBins == nil)
        #expect(trace.confidenceRankings == nil)
    }
}
