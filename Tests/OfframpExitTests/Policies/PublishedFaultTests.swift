import OfframpExit
import OfframpFiles
import OfframpTensor
import Testing

/// The faults of the published early-exit systems, each with the system that has it.
@Suite struct PublishedFaultTests {
    @Test func `p log p is NaN at p = 0, so the surest texts never leave (DeeBERT)`() throws {
        // exp(-200) is 0 as a Float: p = [1, 0].
        let trace = Trace([[[200, 0], [0, 0]]])
        for name in ["entropy:0.01", "uncertainty:0.01"] {
            #expect(trace.replay(try policy(name, for: trace))[0].exitIndex == 0)
        }
    }

    @Test func `softmax without subtracting the maximum overflows (BERxiT, ElasticBERT)`() {
        #expect(abs(observation([1000, 1000]).entropy - 0.6931472) < 1e-6)  // ln 2
        #expect(observation([1e38, -1e38], temperature: 0.01).entropy == 0)
    }

    @Test
    func `the entropy of a regression is 0, so everything leaves at once (DeeBERT, ElasticBERT)`() {
        let trace = Trace([[[0.5], [0.6], [0.7]]], task: .regression)
        let policies: [any ExitPolicy] = [
            Entropy(Thresholds(9)), Uncertainty(Thresholds(1)), Confidence(Thresholds(0)),
        ]
        for policy in policies {
            let answer = trace.replay(policy)[0]
            #expect(answer.exitIndex == 2)
            #expect(answer.prediction.score == 0.7)
        }
    }

    @Test func `patience asks all rows of the batch to agree (PABEE, ElasticBERT)`() throws {
        let steady: [[Float]] = [[1, 0], [1, 0], [1, 0], [1, 0]]
        let wavering: [[Float]] = [[1, 0], [0, 1], [1, 0], [0, 1]]
        let trace = Trace([steady, wavering, steady])
        let answers = trace.replay(try policy("patience:1", for: trace))
        #expect(answers.map(\.exitIndex) == [1, 3, 1])
    }

    @Test func `an online ensemble breaks once a row has left (Zero Time Waste)`() throws {
        // Text 0 leaves at the first exit; text 1 was nearly sure of label 1 there, and that must
        // still count for it at the second exit, where only one row is left.
        // Exit 2 of text 1: ln p = [-0.1269, -2.1269] and before [-4.0181, -0.0181], the means
        // [-2.0725, -1.0725]: q = softmax = [0.2689, 0.7311].
        let trace = Trace([[[9, 0], [9, 0]], [[0, 4], [2, 0]]])
        let answers = trace.replay(try policy("ensemble:0.999", for: trace))
        #expect(answers.map(\.exitIndex) == [0, 1])
        #expect(answers[1].prediction.label == 1)
        #expect(abs(answers[1].prediction.score - 0.7311) < 1e-4)
    }

    @Test func `rows come back in the order of leaving (BranchyNet) or elsewhere (bert-squeeze)`()
        throws
    {
        // Text t is sure of label t, and only at exit 3 - t.
        let texts: [[[Float]]] = (0..<4).map { text in
            (0..<4).map { exit in
                (0..<4).map { $0 == text && exit == 3 - text ? 20 : 0 }
            }
        }
        let trace = Trace(texts)
        let answers = trace.replay(try policy("confidence:0.9", for: trace))
        #expect(answers.map(\.prediction.label) == [0, 1, 2, 3])
        #expect(answers.map(\.exitIndex) == [3, 2, 1, 0])
    }

    @Test func `heads are not counted (DeeBERT, BranchyNet)`() throws {
        let trace = Trace([[[9, 0], [9, 0]], [[0, 0], [0, 0]]], tokens: [3, 3])
        let cost = CostModel(
            backbone: [TokenCost(perToken: 10), TokenCost(perToken: 20)],
            heads: [TokenCost(constant: 4), TokenCost(constant: 4)])
        // Text 0: 30 + 4; text 1: 60 + 4 + 4. The full model runs its last head only: 60 + 4 each.
        let point = Trace(exits: trace.exits, gold: .labels([0, 0]), tokens: trace.tokens)
            .point(try policy("entropy:0.1", for: trace), cost: cost)
        #expect(point.relativeCompute == 102.0 / 128.0)
    }

    @Test func `many labels keep the normalised entropy above 0.95 (FastBERT)`() throws {
        // One logit of 2, 39 of 0. Over all labels: p = 7.389 / 46.389, H / ln 40 = 0.954.
        // Over the best five: p = 7.389 / 11.389, H / ln 5 = 0.705.
        let logits: [Float] = [2] + Array(repeating: 0, count: 39)
        let exit = observation(logits)
        #expect(abs(Uncertainty(Thresholds(1), top: 40).uncertainty(exit) - 0.954) < 1e-3)
        #expect(abs(Uncertainty(Thresholds(1)).uncertainty(exit) - 0.705) < 1e-3)
        let trace = Trace([[logits, logits]])
        #expect(trace.replay(try policy("uncertainty:0.75", for: trace))[0].exitIndex == 0)
    }

    @Test func `thresholds are picked on the set that is reported (nearly all)`() throws {
        // The reported texts would allow the first exit; the held-out ones do not, and they decide.
        let early: [[Float]] = [[9, 0], [9, 0]]
        let late: [[Float]] = [[9, 0], [0, 9]]
        let heldOut = Trace([early, late], gold: .labels([0, 1]))
        let reported = Trace([early, early], gold: .labels([0, 0]))
        let candidates = try ["depth:1", "depth:2"].map { try policy($0, for: heldOut) }
        let chosen = heldOut.cheapest(of: candidates, within: 1)
        #expect(chosen.policy == "depth:2")
        #expect(reported.point(try policy(chosen.policy, for: reported)).averageDepth == 2)
    }
}
