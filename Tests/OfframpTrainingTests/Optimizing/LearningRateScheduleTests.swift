import OfframpTraining
import Testing

@Suite struct LearningRateScheduleTests {
    @Test func `rises to 1 and falls in straight lines`() {
        let schedule = LearningRateSchedule(steps: 10, warmupShare: 0.3)
        let factors = (0..<10).map { schedule($0) }
        let expected: [Float] = [
            1.0 / 4, 2.0 / 4, 3.0 / 4, 1, 6.0 / 7, 5.0 / 7, 4.0 / 7, 3.0 / 7, 2.0 / 7, 1.0 / 7,
        ]
        #expect(zip(factors, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test(arguments: [1, 2, 3, 17, 1000], [0, 0.06, 0.5, 1])
    func `is above 0 and at most 1 at every step that is taken`(steps: Int, share: Double) {
        let schedule = LearningRateSchedule(steps: steps, warmupShare: share)
        #expect((0..<steps).allSatisfy { schedule($0) > 0 && schedule($0) <= 1 })
    }
}
