import OfframpTraining
import Testing

@Suite struct EpochPlanTests {
    private static let lengths = (0..<103).map { 3 + $0 * 7 % 31 }

    @Test func `takes every text once, in batches of the given size but for the last of a length`()
    {
        let plan = EpochPlan(lengths: Self.lengths, batchSize: 8, seed: 1)
        #expect(plan.batches.flatMap(\.self).sorted() == Array(0..<103))
        #expect(plan.batches.count == 13 && plan.batches.allSatisfy { $0.count <= 8 })
    }

    @Test func `puts similar lengths together`() {
        let plan = EpochPlan(lengths: Self.lengths, batchSize: 8, seed: 1)
        for batch in plan.batches {
            let lengths = batch.map { Self.lengths[$0] }
            #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 4)
        }
    }

    @Test func `follows from the seed`() {
        func plan(_ seed: UInt64) -> [[Int]] {
            EpochPlan(lengths: Self.lengths, batchSize: 8, seed: seed).batches
        }
        #expect(plan(1) == plan(1) && plan(1) != plan(2))
    }
}
