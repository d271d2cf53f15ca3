import OfframpExit
import Testing

@testable import OfframpCalibration

@Suite struct DeparturesTests {
    private static let policy = Confidence(Thresholds(0.8))

    /// Two exits; the first one lets those texts go of whose answer it is sure.
    private static func trace(tokens: [Int]) -> Trace {
        let chances: [[Float]] = [
            [0.9, 0.9], [0.6, 0.9], [0.9, 0.1], [0.6, 0.1], [0.1, 0.9], [0.4, 0.9], [0.1, 0.1],
            [0.4, 0.1],
        ]
        let plain = Trace(chances: chances, labels: [1, 1, 1, 1, 0, 0, 0, 0])
        return Trace(exits: plain.exits, gold: plain.gold, tokens: tokens)
    }

    @Test func `texts are dealt by length into four groups`() {
        let departures = Departures(Self.trace(tokens: [8, 7, 6, 5, 4, 3, 2, 1]), Self.policy)
        let groups = departures.byLength
        #expect(groups.map(\.name) == ["1 to 2", "3 to 4", "5 to 6", "7 to 8"])
        #expect(groups.map(\.textCount) == [2, 2, 2, 2])
        #expect(groups.map(\.shares) == Array(repeating: [0.5, 0.5], count: 4))
        // Of 1 and 2 tokens both are right, of 3 and 4 the one that goes on turns wrong.
        #expect(groups.map(\.quality) == [1, 0.5, 0.5, 1])
    }

    @Test func `equally long texts stay together`() {
        let departures = Departures(Self.trace(tokens: [5, 5, 5, 5, 5, 5, 5, 9]), Self.policy)
        #expect(departures.byLength.map(\.name) == ["5", "6 to 9"])
        #expect(departures.byLength.map(\.textCount) == [7, 1])
        #expect(departures.byLength.map(\.shares) == [[4.0 / 7, 3.0 / 7], [0, 1]])
    }

    @Test func `every text of a label is counted`() {
        let departures = Departures(Self.trace(tokens: [8, 7, 6, 5, 4, 3, 2, 1]), Self.policy)
        let groups = departures.byLabel(["bad", "good", "never seen"])
        #expect(groups.map(\.name) == ["bad", "good"])
        #expect(groups.map(\.textCount) == [4, 4])
        #expect(groups.map(\.quality) == [0.75, 0.75])
    }

    @Test func `numbers have no labels`() {
        let trace = Trace(
            depths: [1], task: .regression, outputCount: 1, logits: [[1, 2]],
            gold: .values([1, 2]), tokens: [3, 4])
        #expect(Departures(trace, Full()).byLabel([]).isEmpty)
        #expect(Departures(trace, Full()).byLength.map(\.textCount) == [1, 1])
    }
}
