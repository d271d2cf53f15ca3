import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import TestModels
import Testing

@Suite struct ComputeTests {
    // By hand: multiply-adds of one layer of width 16 with 24 between, and of a mean head.
    private static func layers(_ count: Double, tokens: Double) -> Double {
        count * tokens * (4 * 16 * 16 + 2 * 16 * 24 + 2 * 16 * tokens)
    }
    private static let head = 32.0 * 3
    /// Wrong answers more than at the last exit, which alone counts here: one at the first exit, a tenth at the second.
    private static let secondExitIsBest = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0.1]

    @Test(arguments: [
        ("full", 2.0, 1.0), ("depth:0", 0, 1), ("depth:1", 1, 1), ("depth:2", 2, 1),
        ("confidence:1", 2, 3), ("predicted:1", 1, 2), ("predicted:0", 2, 2),
    ])
    func `counts the layers that ran and every head that was read`(
        policy: String, layers: Double, heads: Double
    ) throws {
        let engine = Engine(
            model: try SmallModel.model(.mean), task: .classification(["a", "b", "c"]),
            temperatures: [1, 1, 1])
        let texts = try SmallModel.texts(1, seed: 3)
        let tokens = Double(texts[0].ids.count)
        let trace = engine.trace(texts)
        let policy = try PolicyKind.policy(
            policy,
            for: PolicyContext(
                outputCount: 3, depths: [0, 1, 2],
                learned: ["predicted": .array(Self.secondExitIsBest.map { .number(Float($0)) })]))
        let compute = trace.relativeCompute(trace.replay(policy), cost: engine.model.cost)
        let full = Self.layers(2, tokens: tokens) + Self.head
        let spent = Self.layers(layers, tokens: tokens) + heads * Self.head
        #expect(abs(compute - spent / full) < 1e-9)
    }

    @Test func `counts the inner heads of a cascade even when nobody reads them`() throws {
        let model = try SmallModel.model(.meanCascade)
        let engine = Engine(
            model: model, task: .classification(["a", "b", "c"]), temperatures: [1, 1, 1])
        let trace = engine.trace(try SmallModel.texts(5))
        let full = try PolicyKind.policy(
            "full", for: PolicyContext(outputCount: 3, depths: [0, 1, 2]))
        #expect(trace.relativeCompute(trace.replay(full), cost: model.cost) > 1)
    }
}
