import OfframpExit
import OfframpFiles
import OfframpTensor
import Testing

@testable import OfframpCalibration

@Suite struct GuaranteedPolicyTests {
    /// 20,000 texts whose first exit is as often right as it says, and whose last exit is always right: the risk
    /// of every policy is known.
    static let population = {
        var random = RandomSource(seed: 3)
        let chances: [Float] = (0..<20_000).map { _ in
            Float.random(in: 0.55...0.999, using: &random)
        }
        let isRight = chances.map { Float.random(in: 0..<1, using: &random) < $0 }
        return Trace(
            chances: zip(chances, isRight).map { chance, isRight in
                [isRight ? chance : 1 - chance, 0.999]
            }, labels: chances.map { _ in 1 })
    }()
    static let candidates: [any ExitPolicy] = [0.97, 0.93, 0.9, 0.86, 0.84, 0.8].map {
        Confidence(Thresholds($0))
    }

    /// The risk must exceed the limit in no more than 10 % of 1,000 calibrations; 13 % is more than three standard
    /// errors above that.
    @Test func `breaks its promise no more often than it says`() throws {
        let risks = Dictionary(
            uniqueKeysWithValues: (Self.candidates + [Full()]).map {
                ($0.name, Self.population.losses(of: $0).mean)
            })
        let limit = RiskLimit(risk: 0.02, confidence: 0.9)
        let isTight = risks.values.contains { $0 > limit.risk && $0 < 2 * limit.risk }
        #expect(isTight, "some policy must be just too bold, or nothing is tested: \(risks)")
        var random = RandomSource(seed: 4)
        var (broken, early) = (0, 0)
        for draw in 0..<1000 {
            let texts = (0..<400).map { _ in Int.random(in: 0..<20_000, using: &random) }
            let parts = CalibrationParts(Self.population.gathered(texts), seed: UInt64(draw))
            let found = try GuaranteedPolicy(parts, within: limit, among: Self.candidates) {
                $0.point($1).averageDepth
            }
            broken += try #require(risks[found.policy.name]) > limit.risk ? 1 : 0
            early += found.policy.name == Full().name ? 0 : 1
        }
        #expect(broken <= 130)
        #expect(early > 500, "a guarantee that never lets a text leave is worth nothing")
    }

    @Test func `stops at the first policy that fails`() throws {
        // The bolder policy is lucky on the texts that decide; the one before it is not.
        let chances: [[Float]] = (0..<1000).map { $0 % 10 == 0 ? [0.2, 0.9] : [0.95, 0.9] }
        let parts = CalibrationParts(Trace(chances: chances, labels: chances.map { _ in 1 }))
        let found = try GuaranteedPolicy(
            parts, within: RiskLimit(risk: 0.05, confidence: 0.95),
            among: [Confidence(Thresholds(0.9)), Confidence(Thresholds(0.6))]
        ) { $0.point($1).averageDepth }
        #expect(found.policy.name == "confidence:0.9")
        #expect(found.losses.mean == 0)
        #expect(found.losses.values.count == 700)
    }

    @Test func `says how many rows a promise needs`() throws {
        let chances: [[Float]] = (0..<400).map { _ in [0.9, 0.9] }
        let parts = CalibrationParts(Trace(chances: chances, labels: chances.map { _ in 1 }))
        let error = #expect(throws: OfframpError.self) {
            try GuaranteedPolicy(
                parts, within: RiskLimit(risk: 0.01, confidence: 0.95), among: Self.candidates
            ) { $0.point($1).averageDepth }
        }
        #expect(error?.kind == .data)
        #expect(error?.found == "400 rows")
        #expect(error?.expected.contains("at least 426") ?? false)
    }
}
