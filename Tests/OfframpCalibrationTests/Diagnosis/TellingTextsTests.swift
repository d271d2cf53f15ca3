import OfframpExit
import Testing

@testable import OfframpCalibration

@Suite struct TellingTextsTests {
    /// Three exits: all right, right from the second on, right at none, right at none and less likely, wrong at the
    /// last alone.
    private static let trace = Trace(
        chances: [
            [0.9, 0.9, 0.9], [0.4, 0.6, 0.9], [0.3, 0.3, 0.3], [0.1, 0.1, 0.05], [0.7, 0.6, 0.1],
        ], labels: [1, 1, 1, 1, 1])

    @Test func `the surest wrong answers come first`() {
        let texts = TellingTexts(Self.trace, Full()).overconfident
        #expect(texts.map(\.index) == [3, 4, 2])
        #expect(texts.map(\.answer.depth) == [3, 3, 3])
        let early = TellingTexts(Self.trace, FixedDepth(1)).overconfident
        #expect(early.map(\.index) == [3, 2, 1])
    }

    @Test func `the fewest right exits come first, then the least likely`() {
        let texts = TellingTexts(Self.trace, Full()).hardest
        #expect(texts.map(\.index) == [3, 2, 4, 1])
        #expect(texts.map(\.rightExits) == [0, 0, 2, 2])
    }

    @Test func `ten are shown`() {
        let trace = Trace(
            chances: Array(repeating: [0.2], count: 30), labels: Array(repeating: 1, count: 30))
        #expect(TellingTexts(trace, Full()).overconfident.map(\.index) == Array(0..<10))
        #expect(TellingTexts(trace, Full()).hardest.count == 10)
    }

    @Test func `sets of labels are right as a whole`() {
        let trace = Trace(
            depths: [1], task: .multiLabel, outputCount: 2,
            logits: [[3, -3, 3, 3, -3, -3]], gold: .labelSets([[0], [0], []]))
        let texts = TellingTexts(trace, Full())
        #expect(texts.overconfident.map(\.index) == [1])
        #expect(texts.hardest.map(\.index) == [1])
    }

    @Test func `of numbers the furthest are the hardest`() {
        let trace = Trace(
            depths: [1], task: .regression, outputCount: 1, logits: [[1, 2, 8, .nan]],
            gold: .values([1.5, 2, 3, 4]))
        let texts = TellingTexts(trace, Full())
        #expect(texts.hardest.map(\.index) == [2, 0, 1])
        #expect(texts.hardest.allSatisfy { $0.rightExits == nil })
        #expect(texts.overconfident.isEmpty)
    }
}
