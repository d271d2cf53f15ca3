import OfframpExit
import Testing

/// Three texts before three models whose answers have these confidences, at made-up costs.
@Suite struct CascadeTraceTests {
    private static let confidences: [[Float]] = [
        [0.9, 0.6, 0.7], [0.8, 0.95, 0.6], [0.5, 0.5, 0.5],
    ]
    private static let spent: [[Double]] = [[1, 2, 3], [10, 20, 30], [100, 200, 300]]

    private static let trace = CascadeTrace(
        models: zip(confidences, spent).map { confidences, spent in
            CascadeTrace.Model(
                answers: confidences.map {
                    Answer(
                        prediction: Prediction(probabilities: [$0, 1 - $0]),
                        at: ExitPlace(index: 0, depth: 1, isLast: true))
                }, spent: spent)
        }, whole: 600)

    static let cases: [(threshold: Float, answering: [Int], spent: Double)] = [
        (0, [0, 0, 0], 1 + 2 + 3),
        (0.7, [0, 1, 0], 1 + 2 + 3 + 20),
        (0.9, [0, 1, 2], 1 + 2 + 3 + 20 + 30 + 300),
        (1.5, [2, 2, 2], 1 + 2 + 3 + 10 + 20 + 30 + 100 + 200 + 300),
    ]

    @Test(arguments: cases)
    func `the first sure model answers, and all that saw the text are paid`(
        threshold: Float, answering: [Int], spent: Double
    ) {
        let outcome = Self.trace.replay(CascadeRule(threshold))
        #expect(outcome.answering == answering)
        #expect(abs(outcome.relativeCompute - spent / 600) < 1e-12)
        #expect(
            outcome.answers.map(\.prediction.score)
                == answering.enumerated().map {
                    Self.confidences[$1][$0]
                })
        let kept = Double(answering.count { $0 == 0 }) / 3
        #expect(outcome.share(of: 0) == kept && abs(outcome.handedOn - (1 - kept)) < 1e-12)
    }

    @Test func `a model alone pays for itself`() {
        let outcome = Self.trace.alone(1)
        #expect(outcome.answering == [1, 1, 1] && outcome.relativeCompute == 60.0 / 600)
    }

    @Test func `an answer that is sure of nothing is handed on`() {
        #expect(!CascadeRule(0).keeps(Prediction(probabilities: [.nan, .nan])))
    }

    @Test func `several labels are as sure as the least sure of them`() {
        let answer = Prediction(independent: [0.99, 0.3])
        #expect(CascadeRule(0.7).keeps(answer) && !CascadeRule(0.71).keeps(answer))
    }

    @Test func `labels in another order are the same labels`() {
        let one = Prediction(probabilities: [0.1, 0.7, 0.2]).reordered([2, 0, 1])
        #expect(one.probabilities == [0.7, 0.2, 0.1] && one.label == 0 && one.labels == [0])
        let several = Prediction(independent: [0.9, 0.2, 0.6]).reordered([2, 0, 1])
        #expect(several.probabilities == [0.2, 0.6, 0.9] && several.labels == [1, 2])
        // Of equals the one that was given stays given.
        #expect(Prediction(probabilities: [0.5, 0.5]).reordered([1, 0]).label == 1)
        #expect(Prediction(value: 3).reordered([]) == Prediction(value: 3))
    }
}
