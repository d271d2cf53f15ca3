import OfframpExit
import OfframpFiles
import Testing

@Suite struct EnsembleTests {
    @Test func `sure but contrary exits leave both labels possible`() throws {
        // Each gives the other's label a probability of exactly 0; their mean is undecided.
        let trace = Trace([[[1e6, 0], [0, 1e6]]])
        let answer = trace.replay(Ensemble(Thresholds(2), weights: .unlearned(exits: 2, labels: 2)))
        #expect(answer[0].prediction.probabilities == [0.5, 0.5])
    }

    @Test func `learned weights say which exit is trusted`() throws {
        // At exit 2: exp(-50) of exit 1, exp(0) of exit 2, halved: q = softmax([0, 3] / 2).
        let weights = try EnsembleWeights(
            exits: 2, labels: 2, weights: [0, 0, -50, 0], biases: [0, 0, 0, 0])
        let trace = Trace([[[5, 0], [0, 3]]])
        let answer = trace.replay(Ensemble(Thresholds(2), weights: weights))
        #expect(answer[0].prediction.label == 1)
        #expect(abs(answer[0].prediction.score - 0.8175745) < 1e-6)  // 1 / (1 + exp(-1.5))
    }

    @Test func `an exit that says NaN is left out`() throws {
        let trace = Trace([[[0, 4], [.nan, 0], [0, 0]]])
        let answer = trace.replay(try policy("ensemble:1", for: trace))[0]
        // ln p of exit 1 differ by 4, those of exit 3 not at all: softmax([0, 4] / 3).
        #expect(abs(answer.prediction.score - 0.7913915) < 1e-6)
    }

    static let wrongNumbers: [([Float], [Float], String)] = [
        ([0, 0, 0], [0, 0, 0, 0], "ensemble weights: found 3 numbers, expected 2 x 2"),
        ([0, 0, 0, 0], [0], "ensemble biases: found 1 numbers, expected 2 x 2"),
        (
            [0, .nan, 0, 0], [0, 0, 0, 0],
            "ensemble weights: found nan, expected numbers from -50 to 50"
        ),
        (
            [0, 0, 0, 51], [0, 0, 0, 0],
            "ensemble weights: found 51.0, expected numbers from -50 to 50"
        ),
    ]

    @Test(arguments: wrongNumbers)
    func `refuses numbers that do not fit`(_ weights: [Float], _ biases: [Float], _ message: String)
    {
        let error = #expect(throws: OfframpError.self) {
            try EnsembleWeights(exits: 2, labels: 2, weights: weights, biases: biases)
        }
        #expect(error?.description == message)
        #expect(error?.kind == .data)
    }
}
