import OfframpExit
import OfframpTensor
import Testing

@testable import OfframpCalibration

@Suite struct ExitThresholdsTests {
    /// The first exit is wrong where it is less sure than 0.8, the second one where it is less sure than 0.6: the
    /// thresholds must tell them apart.
    @Test func `every exit gets a threshold of its own`() throws {
        let chances: [[Float]] = (0..<400).map { text in
            let sureness = 0.5 + Float(text % 50) / 100
            return [
                sureness < 0.8 ? 1 - sureness : sureness, sureness < 0.6 ? 1 - sureness : sureness,
                0.99,
            ]
        }
        let trace = Trace(chances: chances, labels: chances.map { _ in 1 })
        let policies = ExitThresholds.policies(trace)
        let best = try #require(
            policies.filter { trace.losses(of: $0).mean == 0 }
                .min { trace.point($0).averageDepth < trace.point($1).averageDepth })
        // 160 texts leave at the first exit, of the others 160 at the second, 80 at the last.
        #expect(trace.point(best).averageDepth == Double(160 * 1 + 160 * 2 + 80 * 3) / 400)
    }

    @Test func `bolder policies are cheaper`() {
        var random = RandomSource(seed: 5)
        let chances: [[Float]] = (0..<500).map { _ in
            (0..<4).map { exit in Float.random(in: 0.3 + Float(exit) / 10...0.99, using: &random) }
        }
        let trace = Trace(chances: chances, labels: chances.map { _ in 1 })
        let depths = ExitThresholds.policies(trace).map { trace.point($0).averageDepth }
        #expect(depths.count > 5)
        #expect(zip(depths, depths.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test func `numbers have no confidence`() {
        let trace = Trace(
            depths: [1, 2], task: .regression, outputCount: 1, logits: [[1], [1]],
            gold: .values([1]))
        #expect(ExitThresholds.policies(trace).isEmpty)
    }
}
