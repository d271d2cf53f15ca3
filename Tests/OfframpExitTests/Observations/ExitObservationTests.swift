import OfframpExit
import Testing

@Suite struct ExitObservationTests {
    @Test func `probabilities are the softmax under the temperature`() {
        // softmax([2, 0] / 2): 1 / (1 + exp(-1))
        let exit = observation([2, 0], temperature: 2)
        #expect(abs(exit.confidence - 0.7310586) < 1e-6)
        #expect(abs(exit.entropy - 0.5822033) < 1e-6)  // -0.7311 ln 0.7311 - 0.2689 ln 0.2689
        #expect(exit.logits == [2, 0])
    }

    @Test func `the lowest of equally probable labels is predicted`() {
        #expect(observation([0, 1, 1]).prediction.label == 1)
    }

    @Test func `log probabilities stay finite where probabilities vanish`() {
        let exit = observation([500, 0])
        #expect(exit.probabilities == [1, 0])
        #expect(exit.logProbabilities == [0, -500])
    }

    @Test func `a regression answers with its logit`() {
        let exit = observation([3.5], task: .regression, temperature: 2)
        #expect(exit.prediction == Prediction(value: 3.5))
        #expect(exit.label == nil)
        #expect(exit.entropy.isNaN)
        #expect(exit.confidence.isNaN)
    }

    @Test func `gathering keeps logits, probabilities and signals together`() {
        let output = ExitOutput(
            place: ExitPlace(index: 0, depth: 0, isLast: true), outputCount: 2,
            logits: [0, 1, 2, 0, 5, 0], signals: [0.1, 0.2, 0.3])
        let gathered = output.gathered([2, 0])
        #expect(gathered.textCount == 2)
        #expect(gathered.observation(0).logits == [5, 0])
        #expect(gathered.observation(0).signal == 0.3)
        #expect(gathered.observation(1).probabilities == output.observation(0).probabilities)
    }
}
