import OfframpEncoder
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct TrainingStepTests {
    /// Depth 0 is read by mean and maximum, the others by their first token, as in the script.
    private struct Model: Parameterized, Sendable {
        var backbone: Backbone
        var heads: [Linear]

        init(_ golden: SafetensorsFile) throws {
            backbone = try TinyModel.backbone()
            heads = [64, 32, 32].map { Linear(inputs: $0, outputs: 3) }
            var reader = ParameterReader(golden)
            for index in heads.indices {
                heads[index].visitParameters(&reader, under: "heads.\(index).")
            }
        }

        mutating func visitParameters(
            _ visitor: inout some ParameterVisitor, under prefix: String
        ) {
            backbone.visitParameters(&visitor, under: prefix)
            for index in heads.indices {
                heads[index].visitParameters(&visitor, under: "\(prefix)heads.\(index).")
            }
        }

        func loss(_ batch: PackedBatch, _ labels: [Int]) -> Tensor {
            let states = backbone.states(batch)
            let first = states.dropFirst().map { $0.gathering(rows: batch.texts.firstRows) }
            let losses = zip(heads, [states[0].meanMax(batch.texts)] + first).map { head, pooled in
                head(pooled).crossEntropy(labels)
            }
            return losses[0] + losses[1] + losses[2]
        }
    }

    private let golden: SafetensorsFile
    private let batch: PackedBatch
    private let labels: [Int]

    init() throws {
        golden = try SafetensorsFile(path: Fixture.path("encoder/tiny-step.safetensors"))
        let states = try SafetensorsFile(path: Fixture.path("encoder/tiny-states.safetensors"))
        batch = try GoldenTexts(states).packed
        labels = try golden.integers("labels")
    }

    @Test func `has PyTorch's loss`() throws {
        let loss = try Model(golden).loss(batch, labels).scalar
        #expect(abs(loss - (try golden.tensor("loss").scalar)) < 1e-5)
    }

    @Test func `has PyTorch's gradient of every parameter`() throws {
        var model = try Model(golden)
        var tracker = ParameterTracker()
        model.visitParameters(&tracker, under: "")
        let gradients = model.loss(batch, labels).gradients()
        for (leaf, names) in tracker.names.enumerated() {
            let expected = try names.flatMap { try golden.tensor("gradient." + $0).values }
            let gradient = gradients.values(of: leaf, count: expected.count)
            #expect(largestDifference(gradient, expected) < 1e-5, "\(names)")
        }
        let named = Set(tracker.names.joined().map { "gradient." + $0 })
        #expect(named == Set(golden.names.filter { $0.hasPrefix("gradient.") }))
    }

    @Test func `is the same to the bit on many threads at once`() async throws {
        var model = try Model(golden)
        var tracker = ParameterTracker()
        model.visitParameters(&tracker, under: "")
        let steps = await withTaskGroup(of: [[Float]].self) { [model, batch, labels] group in
            for _ in 0..<16 {
                group.addTask {
                    let gradients = model.loss(batch, labels).gradients()
                    return gradients.dense.sorted { $0.key < $1.key }.map(\.value.values)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(steps.count == 16)
        #expect(steps.allSatisfy { $0 == steps[0] })
    }
}
