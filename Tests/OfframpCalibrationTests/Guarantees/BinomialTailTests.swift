import Testing

@testable import OfframpCalibration

@Suite struct BinomialTailTests {
    /// SciPy's, by `Scripts/make-calibration-fixtures.py`.
    static let tails: [(successes: Int, trials: Int, chance: Double, tail: Double)] = [
        (0, 345, 0.01, 0.0311991050317478),
        (3, 872, 0.01, 0.025325163850527473),
        (20, 3000, 0.01, 0.03461489740314794),
        (50, 100, 0.5, 0.5397946186935889),
        (7, 10, 0.9, 0.07019082639999996),
        (1990, 100_000, 0.02, 0.41639188881820677),
        (0, 1, 0.3, 0.7),
        (999, 1000, 0.999, 0.6323045752290363),
    ]

    @Test(arguments: tails) func `is SciPy's`(
        successes: Int, trials: Int, chance: Double, tail: Double
    ) {
        let found = binomialTail(successes, of: trials, chance: chance)
        #expect(abs(found - tail) <= 1e-10 * tail, "\(found)")
    }

    @Test func `is certain of all successes and of none below zero`() {
        #expect(binomialTail(10, of: 10, chance: 0.5) == 1)
        #expect(binomialTail(-1, of: 10, chance: 0.5) == 0)
    }
}
