import OfframpExit
import Testing

@Suite struct ConfidenceTests {
    @Test func `reaching the threshold is enough`() {
        let trace = Trace([[[0, 0], [9, 0]]])
        #expect(trace.replay(Confidence(Thresholds(0.5)))[0].exitIndex == 0)
    }

    @Test func `the most confident exit answers if none is sure`() {
        let trace = Trace([[[1, 0], [0, 2], [1.5, 0]]])
        let answer = trace.replay(Confidence(Thresholds(0.99), mostConfident: true))[0]
        #expect(answer.exitIndex == 2)
        #expect(answer.prediction.label == 1)
        #expect(abs(answer.prediction.score - 0.8807971) < 1e-6)  // 1 / (1 + exp(-2))
    }

    @Test func `of equally confident exits the deeper answers`() {
        let trace = Trace([[[1, 0], [0, 1], [0, 0]]])
        let answer = trace.replay(Confidence(Thresholds(0.99), mostConfident: true))[0]
        #expect(answer.prediction.label == 1)
    }

    @Test func `each exit has its own threshold`() {
        let trace = Trace([[[3, 0], [2, 0], [1, 0]]])  // 0.953, 0.881, 0.731
        #expect(trace.replay(Confidence(Thresholds([0.99, 0.85])))[0].exitIndex == 1)
    }
}
