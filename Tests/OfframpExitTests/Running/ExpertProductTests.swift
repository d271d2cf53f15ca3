import Glibc
import OfframpExit
import Testing

@Suite struct ExpertProductTests {
    private func answers(
        _ logits: [[Float]], task: TaskKind = .classification, temperature: Float = 1
    ) -> [Prediction] {
        var product = ExpertProduct(exits: logits.count)
        return logits.enumerated().map {
            product.answer(
                with: observation(
                    $1, at: place($0, of: logits.count), task: task, temperature: temperature))
        }
    }

    private func isClose(_ values: [Float], _ expected: [Float]) -> Bool {
        zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 }
    }

    /// p_1^(1/3) p_2^(2/3) p_3, normalised: probabilities of 0.8, 0.8 and 0.9 for the second label give odds of
    /// 4^(1/3), 4 and 36.
    @Test func `probabilities are multiplied under weights that grow with depth`() {
        let found = answers([[0, log(4)], [0, log(4)], [0, log(9)]])
        let odds = [pow(4, 1.0 / 3), 4, 36]
        #expect(isClose(found.map(\.score), odds.map { Float($0 / (1 + $0)) }))
        #expect(found.map(\.label) == [1, 1, 1])
    }

    @Test func `temperatures flatten what is multiplied`() {
        let found = answers([[0, log(16)]], temperature: 2)
        #expect(isClose(found[0].probabilities, [0.2, 0.8]))
    }

    /// The second exit outweighs the first, and leaves the product less sure than the first was.
    @Test func `an answer stays until a surer one comes`() {
        let found = answers([[0, log(81)], [log(27), 0], [log(27), 0], [log(27), 0]])
        let odds = [pow(81, 0.25), pow(81, 0.25), pow(27, 1.25) / 3, pow(27, 2.25) / 3]
        #expect(isClose(found.map(\.score), odds.map { Float($0 / (1 + $0)) }))
        #expect(found.map(\.label) == [1, 1, 0, 0])
    }

    @Test func `an exit whose logits are not numbers adds nothing`() {
        let found = answers([[0, log(16)], [.nan, .nan], [0, 0]])
        #expect(found[1] == found[0] && found[2] == found[0])
        #expect(answers([[.nan, .nan]])[0].score.isNaN)
    }

    /// Each label's own odds are multiplied: 4^(1/2) then times 4 or 1/16.
    @Test func `several labels have a product each`() {
        let found = answers([[log(4), log(4)], [log(4), -log(16)]], task: .multiLabel)
        #expect(isClose(found[0].probabilities, [2.0 / 3, 2.0 / 3]))
        #expect(isClose(found[1].probabilities, [8.0 / 9, 1.0 / 9]))
        #expect(found[1].labels == [0])
    }

    @Test(arguments: [TaskKind.classification, .multiLabel])
    func `confidence never falls`(task: TaskKind) {
        let trace = Trace.random(texts: 300, task: task)
        for text in 0..<300 {
            var product = ExpertProduct(exits: trace.exits.count)
            let scores = trace.exits.map { product.answer(with: $0.observation(text)).score }
            #expect(zip(scores, scores.dropFirst()).allSatisfy(<=))
        }
    }
}
