import OfframpExit
import OfframpTensor
import Testing

@Suite struct CurveTests {
    /// Depths 1, 2, 4; four texts with gold labels 0, 0, 1, 1. Confidence from 0.9 leaves
    /// text 0 (right) and text 1 (wrong) at depth 1, text 2 (right) at 2, text 3 (wrong) at 4.
    static let trace = Trace(
        [
            [[9, 0], [9, 0], [9, 0]],
            [[0, 9], [9, 0], [9, 0]],
            [[0, 0], [0, 9], [0, 9]],
            [[0, 0], [0, 0], [1, 0]],
        ],
        depths: [1, 2, 4], gold: .labels([0, 0, 1, 1]), tokens: [2, 2, 2, 4])

    /// 100 multiply-adds a token and layer, a pair of tokens 5 more; heads 10, 20 and 30 a text.
    static let cost = CostModel(
        backbone: [1, 2, 4].map { TokenCost(perToken: 100 * $0, perPair: 5 * $0) },
        heads: [10, 20, 30].map { TokenCost(constant: $0) })

    @Test func `a point counts accuracy, depth and shares`() throws {
        let point = Self.trace.point(Confidence(Thresholds(0.9)))
        #expect(point.policy == "confidence:0.9")
        #expect(point.quality == 0.5)
        #expect(point.averageDepth == 2)
        #expect(point.relativeCompute == nil)
        #expect(point.shares == [0.5, 0.25, 0.25])
    }

    @Test func `relative compute is a sum over texts and their tokens`() {
        // A layer on 2 tokens: 200 + 20 = 220; on 4: 400 + 80 = 480. Heads that ran add up.
        // Spent: 2 (220 + 10) + (440 + 10 + 20) + (1920 + 10 + 20 + 30) = 2910.
        // Full: 3 (880 + 30) + (1920 + 30) = 4680.
        let point = Self.trace.point(Confidence(Thresholds(0.9)), cost: Self.cost)
        #expect(point.relativeCompute == 2910.0 / 4680.0)
    }

    @Test func `a policy is judged against fixed depths for the same compute`() {
        let line = FixedDepthLine(Self.trace)
        #expect(line.points.map(\.quality) == [0.25, 0.75, 0.75])
        #expect([0, 1, 1.5, 2, 3, 9].map(line.quality) == [0.25, 0.25, 0.5, 0.75, 0.75, 0.75])
        // Half of the answers are right, at a mean depth of 2.
        #expect(line.gain(of: Self.trace.point(Confidence(Thresholds(0.9)))) == -0.25)
    }

    @Test func `the full model costs one unless its heads are chained`() {
        #expect(Self.trace.point(Full(), cost: Self.cost).relativeCompute == 1)
        let chained = CostModel(
            backbone: Self.cost.backbone, heads: Self.cost.heads, isChained: true)
        // Two more heads on each of four texts: 4 (10 + 20) on top of 4680.
        #expect(Self.trace.point(Full(), cost: chained).relativeCompute == 4800.0 / 4680.0)
    }

    @Test func `each exit is measured as if it answered for all`() {
        #expect(Self.trace.exitQualities == [0.25, 0.75, 0.75])
    }

    @Test func `a regression is measured by Pearson's correlation, 0 where there is none`() {
        let values: [[[Float]]] = [[[1], [3]], [[1], [1]], [[1], [2]]]
        let trace = Trace(values, task: .regression, gold: .values([3, 1, 2]))
        #expect(trace.exitQualities[0] == 0 && abs(trace.exitQualities[1] - 1) < 1e-12)
    }
}
