import OfframpEncoder
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct HiddenStatesTests {
    private let golden: SafetensorsFile
    private let texts: GoldenTexts

    init() throws {
        golden = try SafetensorsFile(path: Fixture.path("encoder/tiny-states.safetensors"))
        texts = try GoldenTexts(golden)
    }

    @Test(arguments: ["gelu", "gelu_new", "relu"])
    func `equal Hugging Face's at every depth`(_ activation: String) throws {
        let states = try TinyModel.backbone(activation: activation).states(texts.packed)
        #expect(states.count == 3)
        for (depth, state) in states.enumerated() {
            let expected = try golden.tensor("states.\(activation).\(depth)")
            #expect(state.shape == expected.shape)
            #expect(largestDifference(state.values, expected.values) < 2e-5, "depth \(depth)")
        }
    }

    @Test func `are those of the text alone, whatever it is packed with`() throws {
        let backbone = try TinyModel.backbone()
        let packed = backbone.states(texts.packed)
        for (text, batch) in texts.alone.enumerated() {
            for (depth, alone) in backbone.states(batch).enumerated() {
                let rows = texts.packed.texts.rows(of: [text])
                let difference = largestDifference(
                    packed[depth].gathering(rows: rows).values, alone.values)
                #expect(difference < 1e-5, "text \(text), depth \(depth)")
            }
        }
    }

    @Test func `go on unchanged when other texts leave after a layer`() throws {
        let backbone = try TinyModel.backbone()
        let batch = texts.packed
        let packed = backbone.states(batch)
        let staying = [1, 2, 5]
        let kept = packed[1].gathering(rows: batch.texts.rows(of: staying))
        var dropout = Dropout.none
        let last = backbone.layers[1](kept, batch.texts.keeping(staying), nil, &dropout)
        let expected = packed[2].gathering(rows: batch.texts.rows(of: staying))
        #expect(largestDifference(last.values, expected.values) < 1e-5)
    }

    @Test func `are the same from weights under the prefix of a classifier`() throws {
        let folder = TemporaryFolder()
        let plain = try SafetensorsFile(path: TinyModel.path("model.safetensors"))
        var writer = SafetensorsWriter()
        for name in plain.names { writer.add("bert." + name, try plain.tensor(name)) }
        try writer.write(to: folder("model.safetensors"), overwriting: false)
        let prefixed = try Backbone(
            TinyModel.configuration(), weights: SafetensorsFile(path: folder("model.safetensors")),
            prefix: "bert.")
        let states = prefixed.states(texts.packed).map(\.values)
        #expect(try states == TinyModel.backbone().states(texts.packed).map(\.values))
    }

    @Test func `change with dropout, the same way for the same seed`() throws {
        let backbone = try TinyModel.backbone()
        func first(_ seed: UInt64) -> [Float] {
            var dropout = Dropout(hidden: 0.1, attention: 0.1, seed: seed)
            let state = backbone.embed(texts.packed, &dropout)
            return backbone.layers[0](state, texts.packed.texts, nil, &dropout).values
        }
        #expect(first(1) == first(1))
        #expect(first(1) != first(2))
        #expect(first(1) != backbone.states(texts.packed)[1].values)
    }

    @Test func `come from parameters that are each visited once`() throws {
        var backbone = try TinyModel.backbone()
        let file = try SafetensorsFile(path: TinyModel.path("model.safetensors"))
        var reader = ParameterReader(file)
        backbone.visitParameters(&reader, under: "")
        #expect(reader.read == Set(file.names))
        var tracker = ParameterTracker()
        backbone.visitParameters(&tracker, under: "")
        #expect(tracker.names.joined().count == file.names.count)
    }

    /// q, k, v and the output: 4 · 32²; up and down: 2 · 32 · 52; scores and mixture: 2 · 7² · 32.
    @Test func `cost the multiply-adds of their products`() throws {
        let layer = try TinyModel.backbone().layers[0]
        let linear: Double = 7 * (4 * 32 * 32 + 2 * 32 * 52)
        let attention: Double = 2 * 49 * 32
        #expect(layer.cost(7) == linear + attention)
    }
}
