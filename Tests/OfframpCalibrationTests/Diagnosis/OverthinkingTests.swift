import OfframpExit
import Testing

@testable import OfframpCalibration

@Suite struct OverthinkingTests {
    @Test func `texts that only an earlier exit has right are overthought`() {
        // Right at the first, at the last, at the second, at both inner exits, at none.
        let trace = Trace(
            chances: [
                [0.9, 0.1, 0.1], [0.1, 0.1, 0.9], [0.1, 0.9, 0.1], [0.9, 0.9, 0.1],
                [0.1, 0.1, 0.1],
            ], labels: [1, 1, 1, 1, 1])
        #expect(trace.overthinking == 0.6)
    }

    @Test func `numbers are not overthought`() {
        let trace = Trace(
            depths: [1, 2], task: .regression, outputCount: 1, logits: [[1, 2], [1, 2]],
            gold: .values([1, 2]))
        #expect(trace.overthinking == nil)
    }
}
