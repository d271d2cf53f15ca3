import OfframpExit
import Testing

@Suite struct TraceTests {
    @Test func `another temperature changes probabilities and keeps logits`() {
        let trace = Trace([[[2, 0], [4, 0]]])
        let tempered = trace.tempered([2, 4])
        #expect(tempered.temperatures == [2, 4])
        #expect(tempered.exits.map(\.logits) == trace.exits.map(\.logits))
        // Both are the softmax of [1, 0].
        #expect(tempered.exits[0].probabilities == tempered.exits[1].probabilities)
    }

    @Test func `gathering takes gold and tokens along`() {
        let trace = Trace(
            [[[0, 1]], [[1, 0]], [[2, 0]]], gold: .labels([1, 0, 0]), tokens: [5, 6, 7])
        let gathered = trace.gathered([2, 0])
        #expect(gathered.gold == .labels([0, 1]))
        #expect(gathered.tokens == [7, 5])
        #expect(gathered.exits[0].logits == [2, 0, 0, 1])
    }

    @Test func `explaining shows every exit and why the text left`() throws {
        let trace = Trace([[[0, 0], [3, 0], [0, 1]]])
        let (answer, thoughts) = trace.explain(
            try policy("confidence:0.9", for: trace), text: 0)
        #expect(answer == trace.replay(try policy("confidence:0.9", for: trace))[0])
        #expect(thoughts.map(\.prediction.label) == [0, 0, 1])
        #expect(thoughts.map(\.outcome) == [.goesOn, .leaves, .notReached])
        #expect(
            thoughts.map(\.reason) == [
                "confidence 0.5, leaves from 0.9", "confidence 0.953, leaves from 0.9", nil,
            ])
    }

    @Test func `the last exit is not said to be sure, and no number looks like another one`() throws
    {
        // A probability of 0.9998766.
        let trace = Trace([[[0, 0], [9, 0], [0, 0]]])
        func reasons(_ name: String) throws -> [String?] {
            trace.explain(try policy(name, for: trace), text: 0).thoughts.map(\.reason)
        }
        #expect(
            try reasons("confidence:0.99999") == [
                "confidence 0.5, leaves from 0.99999", "confidence 0.9998766, leaves from 0.99999",
                nil,
            ])
        #expect(try reasons("agreement:0.01").map { $0 == nil } == [true, false, true])
        #expect(
            try reasons("similarity:1,0.001") == [
                nil,
                "similar exits in a row 0, leaves from 1; divergence 0.215, counts below 0.001",
                nil,
            ])
    }

    /// Unlearned, the ensemble is the softmax of the mean of the logits: of 0, 1.5 and 2/3 here.
    @Test func `explaining shows what exits would answer together`() throws {
        let trace = Trace([[[0, 0], [3, 0], [0, 1]]])
        let (_, thoughts) = trace.explain(try policy("ensemble:0.8", for: trace), text: 0)
        #expect(thoughts.map(\.outcome) == [.goesOn, .leaves, .notReached])
        #expect(thoughts.map(\.prediction.label) == [0, 0, 0])
        for (thought, score) in zip(thoughts, [0.5, 0.81757, 0.66076] as [Float]) {
            #expect(abs(thought.prediction.score - score) < 1e-5)
        }
    }

    @Test func `explaining agrees with replaying`() throws {
        let trace = Trace.random(texts: 20)
        for row in PolicyConformanceTests.table {
            let policy = try policy(row.classification, for: trace)
            let answers = trace.replay(policy)
            for text in 0..<trace.textCount {
                let (answer, thoughts) = trace.explain(policy, text: text)
                #expect(answer == answers[text])
                #expect(thoughts.firstIndex { $0.outcome == .leaves } == answer.exitIndex)
                #expect(thoughts[answer.exitIndex].prediction == answer.prediction)
            }
        }
    }
}
