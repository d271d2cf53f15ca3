import OfframpExit
import Testing

@Suite struct StableTests {
    @Test(arguments: [2, 3]) func `an early answer is that of all exits together`(
        labels: Int
    ) throws {
        let trace = Trace.random(texts: 400, labels: labels, seed: UInt64(labels))
        let answers = trace.replay(try policy("stable:1", for: trace))
        #expect(answers.contains { $0.depth < 6 })
        for (text, answer) in answers.enumerated() {
            var votes = [Float](repeating: 0, count: labels)
            for exit in trace.exits {
                votes = zip(votes, exit.observation(text).probabilities).map(+)
            }
            #expect(answer.prediction.label == votes.firstIndex(of: votes.max() ?? 0))
        }
    }
}
