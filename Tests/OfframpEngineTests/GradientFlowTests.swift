import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import TestModels
import Testing

@Suite struct GradientFlowTests {
    /// The gradient of the embedding's gain, which lies below every fork, of a sum over exits.
    private static func gradient(_ exits: [Int], _ flow: GradientFlow) throws -> [Float] {
        var model = try SmallModel.model(.linear)
        var tracker = GainTracker()
        model.visitParameters(&tracker, under: "")
        var pass = ForwardPass(model, PackedBatch(try SmallModel.texts(6)), flow: flow)
        let losses = (0..<3).map {
            pass.output(ofExit: $0).logits.crossEntropy([0, 1, 2, 0, 1, 2])
        }
        let loss = exits.dropFirst().reduce(losses[exits[0]]) { $0 + losses[$1] }
        return loss.gradients().values(of: 0, count: 16)
    }

    private static func expect(
        _ flow: GradientFlow, gives factors: [Float],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let parts = try (0..<3).map { try gradient([$0], .plain) }
        let found = try gradient([0, 1, 2], flow)
        for index in found.indices {
            let expected = zip(factors, parts).reduce(0) { $0 + $1.0 * $1.1[index] }
            #expect(abs(found[index] - expected) < 1e-5, sourceLocation: sourceLocation)
        }
    }

    @Test func `plain: they add up`() throws { try Self.expect(.plain, gives: [1, 1, 1]) }

    @Test func `damped: the inner ones count a part, the last one in full`() throws {
        try Self.expect(.damped(0.3, exits: 3), gives: [0.3, 0.3, 1])
    }

    // Li et al. 2019, three exits: at the first fork 1/3 of its branch and 2/3 of what comes down;
    // at the second 1/2 and 1/2.
    @Test func `equilibrium: below the first fork their average arrives`() throws {
        try Self.expect(.equilibrium(exits: 3), gives: [1.0 / 3, 1.0 / 3, 1.0 / 3])
    }

    @Test func `own factors: each branch its own, the trunk's product of those below`() throws {
        let flow = GradientFlow(branches: [0.5, 2, 1], trunks: [0.25, 3, 1])
        try Self.expect(flow, gives: [0.5, 0.25 * 2, 0.25 * 3])
    }
}

private struct GainTracker: ParameterVisitor {
    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        if names == ["embeddings.LayerNorm.weight"] { tensor = tensor.tracked(as: 0) }
    }
}
