import OfframpCalibration
import OfframpExit
import Testing

/// A hundred texts of label 0. The small model is right where it is at least 0.7 sure, wrong elsewhere; the large
/// one is always right.
@Suite struct CascadeCalibrationTests {
    private static let gold = Gold.labels(Array(repeating: 0, count: 100))

    /// From 0.51 to 0.99 in steps of 0.01, and 0.99 for the others.
    private static let confidences = (0..<100).map { Float(min(51 + $0, 99)) / 100 }

    /// - Parameter probabilities: of label 0, for each text.
    private static func model(_ probabilities: [Float], _ cost: Double) -> CascadeTrace.Model {
        CascadeTrace.Model(
            answers: probabilities.map {
                Answer(
                    prediction: Prediction(probabilities: [$0, 1 - $0]),
                    at: ExitPlace(index: 0, depth: 1, isLast: true))
            }, spent: probabilities.map { _ in cost })
    }

    private static func trace(smallCost: Double) -> CascadeTrace {
        let small = confidences.map { $0 >= 0.7 ? $0 : 1 - $0 }
        return CascadeTrace(
            models: [model(small, smallCost), model(small.map { _ in 1 }, 1)], whole: 100)
    }

    @Test func `the cheapest threshold that loses nothing is where the small model becomes right`()
    {
        let found = CascadeCalibration(
            Self.trace(smallCost: 0.1), Self.gold, .accuracy, within: 0)
        // 19 texts are less sure than 0.7; thresholds have four decimals, rounded down.
        #expect(found.map { $0.rule.threshold > 0.69 && $0.rule.threshold <= 0.7 } == true)
        #expect(found.map { abs($0.outcome.handedOn - 0.19) < 1e-9 } == true)
        #expect(found.map { abs($0.outcome.relativeCompute - (0.1 + 0.19)) < 1e-9 } == true)
        #expect(found?.loss.value == 0)
    }

    @Test func `what may be lost is not exceeded, and lowers the cost`() throws {
        let found = try #require(
            CascadeCalibration(Self.trace(smallCost: 0.1), Self.gold, .accuracy, within: 10))
        #expect(found.outcome.handedOn < 0.19)
        let margin = QualityLoss.usualMargin * found.loss.standardError
        #expect(found.loss.value > 0 && found.loss.value + margin <= 0.1)
    }

    @Test func `a bold threshold that is lucky does not count behind one that is not`() {
        // The large model is wrong where the small one is least sure: handing less on gains it back.
        let small: [Float] = [0.99, 0.98, 0.03, 0.96, 0.95]
        let large: [Float] = [1, 1, 1, 1, 0]
        let trace = CascadeTrace(models: [Self.model(small, 0.1), Self.model(large, 1)], whole: 5)
        let gold = Gold.labels([0, 0, 0, 0, 0])
        let found = CascadeCalibration(trace, gold, .accuracy, within: 0)
        #expect(trace.replay(CascadeRule(0.95)).answers.count { $0.prediction.label == 0 } == 4)
        #expect(found.map { $0.rule.threshold > 0.97 && $0.rule.threshold <= 0.98 } == true)
    }

    @Test func `a cascade that saves nothing is not chosen`() {
        let trace = Self.trace(smallCost: 1)
        #expect(CascadeCalibration(trace, Self.gold, .accuracy, within: 0) == nil)
    }

    @Test func `what is kept of it says what it did`() throws {
        let found = try #require(
            CascadeCalibration(Self.trace(smallCost: 0.1), Self.gold, .accuracy, within: 0))
        #expect(found.json["threshold"]?.double.map { Float($0) } == found.rule.threshold)
        #expect(found.json["rows"]?.int == 100 && found.json["max_accuracy_drop"]?.double == 0)
        #expect(found.json["handed_on"]?.double == found.outcome.handedOn)
    }
}
