import OfframpExit
import Testing

@testable import OfframpCalibration

@Suite struct TextLossesTests {
    @Test func `only a right answer can be lost`() {
        // Right at both exits, at the last one only, at the first one only, at none.
        let trace = Trace(
            chances: [[0.9, 0.9], [0.1, 0.9], [0.9, 0.1], [0.1, 0.1]], labels: [1, 1, 1, 1])
        let losses = trace.losses(of: FixedDepth(1))
        #expect(losses.values == [0, 1, 0, 0])
        #expect(losses.areBinary)
        #expect(trace.losses(of: Full()).values == [0, 0, 0, 0])
    }

    @Test func `without labels any other answer is a loss`() {
        let trace = Trace(
            chances: [[0.9, 0.9], [0.1, 0.9], [0.9, 0.1], [0.1, 0.1]], labels: [0, 0, 0, 0])
        #expect(trace.withFullModelAsGold.losses(of: FixedDepth(1)).values == [0, 1, 1, 0])
    }

    @Test func `of several labels each is a part of the answer`() {
        // Four labels; the first exit gives 0 and 1, the last one 0 and 2; 0 and 3 are right. Label 1 is wrong
        // only early, label 3 is missed by both, label 2 is wrong only late.
        let trace = Trace(
            depths: [1, 2], task: .multiLabel, outputCount: 4,
            logits: [[1, 1, -1, -1], [1, -1, 1, -1]], gold: .labelSets([[0, 3]]))
        let losses = trace.losses(of: FixedDepth(1))
        #expect(losses.values == [0.25])
        #expect(!losses.areBinary)
    }

    @Test func `numbers may be off by the tolerance more than the full model's`() {
        let trace = Trace(
            depths: [1, 2], task: .regression, outputCount: 1,
            logits: [[3, 3.25, 4], [2.5, 2.5, 2.5]], gold: .values([2, 2, 2]))
        #expect(trace.losses(of: FixedDepth(1), tolerance: 0.75).values == [0, 0, 1])
    }
}
