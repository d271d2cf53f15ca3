import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpTensor
import TestFiles
import TestModels
import Testing

/// Small classifiers of every family, with what Scripts/make-family-fixtures.py computed with them.
@Suite struct FamilyTests {
    static let names = ["bert", "distilbert", "electra", "mpnet"]

    private struct Case {
        let checkpoint: Checkpoint
        let golden: SafetensorsFile
        let batch: PackedBatch
        let labels: [Int]

        init(_ name: String) throws {
            let folder = Fixture.path("families/\(name)")
            try self.init(Checkpoint(folder), folder + "/golden.safetensors")
        }

        init(_ checkpoint: Checkpoint, _ path: String) throws {
            self.checkpoint = checkpoint
            golden = try SafetensorsFile(path: path)
            var ids = try golden.values("ids").map { Int32($0) }[...]
            let texts = try golden.values("lengths").map { length in
                defer { ids = ids.dropFirst(Int(length)) }
                return Array(ids.prefix(Int(length)))
            }
            batch = PackedBatch(
                ids: texts, secondSegments: try golden.values("seconds").map { Int($0) })
            labels =
                golden.stored("labels") == nil ? [] : try golden.values("labels").map { Int($0) }
        }

        func states(_ backbone: Backbone) -> [Tensor] {
            var dropout = Dropout.none
            let bias = backbone.attentionBias(for: batch.texts)
            var states = [backbone.embed(batch, &dropout)]
            for layer in backbone.layers {
                states.append(layer(states[states.count - 1], batch.texts, bias, &dropout))
            }
            return states
        }

        func logits(_ model: EarlyExitModel, _ batch: PackedBatch) -> Tensor {
            var pass = ForwardPass(model, batch)
            return pass.output(ofExit: 0).logits
        }
    }

    @Test(arguments: names)
    func `hidden states equal Hugging Face's at every depth`(_ name: String) throws {
        let family = try Case(name)
        for (depth, state) in family.states(try family.checkpoint.backbone()).enumerated() {
            let expected = try family.golden.values("states.\(depth)")
            #expect(largestDifference(state.values, expected) < 2e-5, "depth \(depth)")
        }
    }

    /// Rounding to 8 bits moves numbers by up to one part in 254 of the largest, to bfloat16 by one in
    /// 256, in each of a few products.
    @Test(arguments: names, Precision.allCases)
    func `the classifier's logits equal Hugging Face's, as far as the precision goes`(
        _ name: String, _ precision: Precision
    ) throws {
        let family = try Case(name)
        let settings = try family.checkpoint.settings(name)
        let model = try family.checkpoint.model(settings, precision)
        let expected = try family.golden.values("logits")
        let difference = largestDifference(family.logits(model, family.batch).values, expected)
        #expect(difference < (precision == .float32 ? 2e-5 : 0.1))
    }

    @Test(arguments: names)
    func `every parameter has PyTorch's gradient`(_ name: String) throws {
        let family = try Case(name)
        let encoder = family.checkpoint.configuration.family
        var model = try family.checkpoint.model(family.checkpoint.settings(name))
        var tracker = Tracker()
        model.backbone.visitParameters(&tracker, under: "")
        tracker.drop = "exits.2."
        model.heads.visitParameters(&tracker, under: "")
        let gradients = family.logits(model, family.batch).crossEntropy(family.labels).gradients()
        for (leaf, parts) in tracker.names.enumerated() {
            let expected = try parts.flatMap { part in
                let stored = "gradient." + encoder.storedName(of: part)
                let prefixed = "gradient." + encoder.prefix + encoder.storedName(of: part)
                return try family.golden.values(
                    family.golden.stored(stored) == nil ? prefixed : stored)
            }
            let gradient = gradients.values(of: leaf, count: expected.count)
            #expect(largestDifference(gradient, expected) < 1e-5, "\(parts)")
        }
        let count = family.golden.names.count { $0.hasPrefix("gradient.") }
        #expect(tracker.names.joined().count == count)
    }

    @Test(arguments: names)
    func `texts give the same alone and when others have left`(_ name: String) throws {
        let family = try Case(name)
        let model = try family.checkpoint.model(family.checkpoint.settings(name), .float32)
        let packed = family.logits(model, family.batch)
        var pass = ForwardPass(model, family.batch)
        pass.keep([0, 2])
        let kept = pass.output(ofExit: 0).logits
        for (row, text) in [0, 2].enumerated() {
            #expect(largestDifference(kept.row(row), packed.row(text)) < 1e-5)
        }
    }

    @Test(arguments: names)
    func `a converted folder has the family's names and the same logits`(_ name: String) throws {
        let family = try Case(name)
        let folder = TemporaryFolder()
        let writer = try CheckpointWriter(folder("out"), overwriting: false)
        try writer.write(family.checkpoint, as: .float32)
        let written = try SafetensorsFile(path: folder("out/model.safetensors"))
        let source = try SafetensorsFile(path: family.checkpoint.folder.weights)
        #expect(written.names == source.names)
        let converted = try Checkpoint(folder("out"))
        let model = try converted.model(converted.settings(name))
        let expected = try family.golden.values("logits")
        #expect(largestDifference(family.logits(model, family.batch).values, expected) < 2e-5)
    }

    @Test(arguments: names)
    func `a written backbone has the family's names and values`(_ name: String) throws {
        let family = try Case(name)
        let folder = TemporaryFolder()
        let writer = try CheckpointWriter(folder("out"), overwriting: false)
        let backbone = try family.checkpoint.backbone()
        try writer.write(
            backbone, from: family.checkpoint, task: .classification(["a", "b"]), as: .float32)
        let prefix = family.checkpoint.configuration.family.prefix
        let written = try SafetensorsFile(path: folder("out/model.safetensors"))
        let source = try SafetensorsFile(path: family.checkpoint.folder.weights)
        let encoder = source.names.filter { $0.hasPrefix(prefix) && !$0.contains("pooler") }
        #expect(written.names == encoder.map { String($0.dropFirst(prefix.count)) })
        #expect(try Checkpoint(folder("out")).backbone().values() == backbone.values())
    }

    @Test(.enabled(if: RealBackbone.isWideAvailable, RealBackbone.reason))
    func `hidden states of all-mpnet-base-v2 equal Hugging Face's at every depth`() throws {
        let family = try Case(
            Checkpoint(RealBackbone.wideFolder), Fixture.path("families/mpnet-states.safetensors"))
        let texts = family.batch.texts
        let expected = try family.golden.tensor("states")
        let columns = stride(from: 0, to: 768, by: 48)
        for (depth, state) in family.states(try family.checkpoint.backbone()).enumerated() {
            let (means, firsts) = (state.meanMax(texts), state.gathering(rows: texts.firstRows))
            for text in 0..<texts.count {
                let summary = [firsts, means].flatMap { rows in columns.map { rows.row(text)[$0] } }
                let row = expected.row(depth * texts.count + text)
                #expect(largestDifference(summary, row) < 2e-5, "text \(text), depth \(depth)")
            }
        }
    }

    private struct Tracker: ParameterVisitor {
        /// Is left out at the start of names.
        var drop = ""
        private(set) var names: [[String]] = []

        mutating func visit(_ names: [String], _ tensor: inout Tensor) {
            tensor = tensor.tracked(as: self.names.count)
            self.names.append(names.map { $0.replacing(drop, with: "") })
        }
    }
}
