import Glibc
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import TestFiles
import TestModels
import Testing

@Suite struct CheckpointTests {
    /// As in Scripts/make-training-fixtures.py.
    private static let texts: [(String, String?)] = [
        ("the film was good", nil), ("it was a dull play", nil), ("not so bad", nil),
        ("we liked the song", "they left early"), ("cold", nil), ("", nil),
        ("a great meal and a warm day but the play was very late", nil),
    ]

    private static func logits(_ checkpoint: Checkpoint) throws -> [Float] {
        let model = try LoadedModel(checkpoint, precision: .float32)
        let trace = try model.trace(texts.map { TextInput($0.0, pair: $0.1) })
        return trace.exits[trace.exits.count - 1].logits
    }

    private static func expectGoldenLogits(_ checkpoint: Checkpoint) throws {
        let golden = try SafetensorsFile(
            path: Fixture.path("training/classifier-logits.safetensors"))
        let expected = try #require(try golden.tensorsByName()["logits"])
        let differences = zip(try logits(checkpoint), expected.values).map { abs($0 - $1) }
        #expect(differences.count == 21 && differences.allSatisfy { $0 < 2e-5 })
    }

    @Test func `a Hugging Face classifier gives Hugging Face's logits`() throws {
        let checkpoint = try Checkpoint(SmallModel.folder)
        #expect(checkpoint.methods == ["bert"])
        #expect(checkpoint.task == .classification(["bad", "fair", "good"]))
        try Self.expectGoldenLogits(checkpoint)
    }

    @Test func `the older names of layer norms are known`() throws {
        let edited = try EditedCheckpoint { tensors in
            for (name, tensor) in tensors where name.contains("LayerNorm") {
                let older =
                    name.hasSuffix("weight")
                    ? name.dropLast(6) + "gamma" : name.dropLast(4) + "beta"
                tensors[name] = nil
                tensors[String(older)] = tensor
            }
        }
        try Self.expectGoldenLogits(edited.open())
    }

    @Test func `labels that a configuration leaves out are those of the classifier`() throws {
        let edited = try EditedCheckpoint(["id2label": nil, "label2id": nil])
        #expect(
            try edited.open().task == .classification(["LABEL_0", "LABEL_1", "LABEL_2"]))
        try Self.expectGoldenLogits(edited.open())
    }

    @Test func `one output without a problem type is a regression, as in Hugging Face`() throws {
        let edited = try EditedCheckpoint(["id2label": ["0": "LABEL_0"], "label2id": nil]) {
            $0["classifier.weight"] = Tensor(Array(repeating: 0.5, count: 16), rows: 1, columns: 16)
            $0["classifier.bias"] = Tensor([0.25])
        }
        #expect(try edited.open().task == .regression)
        #expect(try Self.logits(edited.open()).count == 7)
    }

    @Test func `a plain backbone has the same states with and without the prefix of its names`()
        throws
    {
        let edited = try EditedCheckpoint(["id2label": nil, "label2id": nil]) { tensors in
            let bare = tensors.filter { $0.key.hasPrefix("bert.") && !$0.key.contains("pooler") }
            tensors = Dictionary(
                uniqueKeysWithValues: bare.map { (String($0.key.dropFirst(5)), $0.value) })
        }
        let checkpoint = try edited.open()
        #expect(checkpoint.task == nil && checkpoint.methods.isEmpty)
        let original = try Checkpoint(SmallModel.folder).backbone()
        #expect(try checkpoint.backbone().values() == original.values())
        #expect(failure { try checkpoint.defaultMethod() }?.kind == .data)
        #expect(failure { try checkpoint.settings("bert") }?.kind == .usage)
    }

    @Test func `missing, unknown and misshapen tensors are all named in one message`() throws {
        let edited = try EditedCheckpoint { tensors in
            tensors["bert.encoder.layer.1.attention.self.key.weight"] = nil
            tensors["bert.encoder.layer.0.output.dense.bias"] = Tensor([1, 2, 3])
            tensors["bert.encoder.layer.0.extra"] = Tensor([1])
            tensors["bert.embeddings.LayerNorm.bias"] = nil
        }
        let error = failure { try edited.open().backbone() }
        #expect(error?.kind == .data && error?.place == edited.folder("model.safetensors"))
        let parts = [
            "missing: embeddings.LayerNorm.bias",
            "missing: encoder.layer.1.attention.self.key.weight",
            "shape [3] instead of [16]: bert.encoder.layer.0.output.dense.bias",
            "unknown: bert.encoder.layer.0.extra",
        ]
        for part in parts { #expect(error?.found.contains(part) ?? false, "\(part)") }
        #expect(error?.found.split(separator: ";").count == 4)
    }

    @Test(arguments: [nil] + Precision.allCases, [Float.nan, .infinity])
    func `weights that are not numbers are refused under their names, in any precision`(
        precision: Precision?, value: Float
    ) throws {
        let names = [
            "bert.embeddings.word_embeddings.weight", "bert.encoder.layer.0.output.dense.weight",
            "bert.encoder.layer.1.attention.self.value.bias",
        ]
        let mark: Float = 12345.678
        let edited = try EditedCheckpoint { tensors in
            for name in names { tensors[name]?.withMutableValues { $0[7] = mark } }
        }
        let path = edited.folder("model.safetensors")
        // The writer would refuse such numbers itself.
        let bytes = try MappedFile(path: path).withBytes { Array($0) }
        _ = edited.folder.file("model.safetensors", bytes.replacing(mark.bytes, with: value.bytes))
        let error = failure { try edited.open().backbone(precision) }
        #expect(error?.kind == .data && error?.place == path)
        for name in names { #expect(error?.found.contains(name) ?? false, "\(name)") }
    }

    @Test(arguments: [
        "hidden_size", "intermediate_size", "vocab_size", "max_position_embeddings",
        "num_hidden_layers", "type_vocab_size",
    ])
    func `a configuration that claims absurd sizes is refused before room is made for them`(
        key: String
    ) throws {
        let edited = try EditedCheckpoint([key: 16_777_216])
        let error = failure { try edited.open().backbone() }
        #expect(error?.kind == .data && error?.place == edited.folder("config.json"))
    }

    @Test(arguments: [("vocab_size", 20), ("max_position_embeddings", 2)])
    func `what the embedding tables have no rows for is refused`(key: String, size: Int) throws {
        let edited = try EditedCheckpoint([key: .number(size)])
        let error = failure { try edited.open().tokenizer() }
        #expect(error?.kind == .data && error?.place.hasSuffix(key) ?? false)
    }

    @Test func `a model of one segment reads texts that stand alone, and refuses pairs`() throws {
        let edited = try EditedCheckpoint(["type_vocab_size": 1]) { tensors in
            let name = "bert.embeddings.token_type_embeddings.weight"
            tensors[name] = tensors[name].map { Tensor($0.row(0), rows: 1, columns: 16) }
        }
        let checkpoint = try edited.open()
        // Single texts never read the row that is gone.
        let logits = { (checkpoint: Checkpoint) in
            try LoadedModel(checkpoint).trace([TextInput("the film was good")]).exits[0].logits
        }
        #expect(try logits(checkpoint) == logits(Checkpoint(SmallModel.folder)))
        try checkpoint.checkSegments(for: [nil, nil])
        let error = failure { try checkpoint.checkSegments(for: [nil, "they left"]) }
        #expect(error?.kind == .data && error?.place.hasSuffix("type_vocab_size") ?? false)
        try Checkpoint(SmallModel.folder).checkSegments(for: ["they left"])
    }

    @Test func `a vocabulary longer than the table is refused`() throws {
        let edited = try EditedCheckpoint(vocabulary: ["umbrella"])
        #expect(failure { try edited.open().tokenizer() }?.kind == .data)
    }

    @Test func `texts are cut at the model's positions, or where one asks for within them`() throws
    {
        let checkpoint = try Checkpoint(SmallModel.folder)
        let text = String(repeating: "good ", count: 100)
        #expect(try checkpoint.tokenizer().encode(text).ids.count == 20)
        #expect(try checkpoint.tokenizer(maximumLength: 5).encode(text).ids.count == 5)
        for length in [2, 21] {
            #expect(failure { try checkpoint.tokenizer(maximumLength: length) }?.kind == .usage)
        }
    }

    @Test(arguments: ["bin", "pt", "pth"])
    func `pickles are refused with the way to convert them`(ending: String) {
        let folder = TemporaryFolder()
        _ = folder.file("config.json", "{}")
        _ = folder.file("pytorch_model.\(ending)", "PK")
        let error = failure { try Checkpoint(folder.path) }
        #expect(error?.kind == .data && error?.expected.contains("save_pretrained") ?? false)
    }

    @Test(arguments: [
        ("adapter_config.json", "adapter"), ("tf_model.h5", "TensorFlow"),
        ("model.onnx", "exported"),
    ])
    func `a folder of another form is refused by what it is`(file: String, form: String) {
        let folder = TemporaryFolder()
        if form != "adapter" { _ = folder.file("config.json", "{}") }
        _ = folder.file(file, "PK")
        let error = failure { try Checkpoint(folder.path) }
        #expect(error?.kind == .data && error?.place == folder(file))
        #expect(error?.found.contains(form) ?? false)
    }

    @Test func `an older folder of sentence-transformers has its encoder in another folder`() throws
    {
        let edited = try EditedCheckpoint()
        let path = edited.folder.path
        for name in [".", "..", "../x", "/tmp", ".hidden"] {
            _ = edited.folder.file("modules.json", #"[{"idx": 0, "path": "\#(name)"}]"#)
            #expect(throws: Never.self) { try Checkpoint(path) }
        }
        let outer = TemporaryFolder()
        #expect(symlink(path, outer("0_Transformer")) == 0)
        _ = outer.file("modules.json", #"[{"idx": 0, "path": "0_Transformer"}]"#)
        #expect(try Checkpoint(outer.path).backbone().values() == edited.open().backbone().values())
        for name in ["..", "../x", "/tmp", ".hidden"] {
            _ = outer.file("modules.json", #"[{"idx": 0, "path": "\#(name)"}]"#)
            #expect(failure { try Checkpoint(outer.path) }?.found == name)
        }
    }

    @Test func `other files of a folder that is no checkpoint are not taken for its weights`() {
        let folder = TemporaryFolder()
        _ = folder.file("firmware.bin", "PK")
        let error = failure { try Checkpoint(folder.path) }
        #expect(error?.kind == .noInput && error?.place == folder("config.json"))
    }

    @Test func `a folder or file that is not there is missing input`() {
        let folder = TemporaryFolder()
        #expect(failure { try Checkpoint(folder("nowhere")) }?.kind == .noInput)
        #expect(failure { try Checkpoint(folder.path) }?.kind == .noInput)
        _ = folder.file("config.json", "{}")
        #expect(failure { try Checkpoint(folder.path) }?.kind == .noInput)
    }

    @Test(
        arguments: [
            (["id2label": ["0": "a", "2": "b"]], "id2label"),
            (["id2label": ["0": "a", "00": "b"]], "id2label"),
            (["id2label": ["0": "a", "1": .null]], "id2label"),
            (["id2label": ["a", "b", "c"]], "id2label"),
            (["id2label": ["0": "a", "1": "a", "2": "a (0)"]], "id2label"),
            (["id2label": ["0": "a", "1": ""]], "id2label"),
            (["id2label": ["-1": "a", "0": "b"]], "id2label"),
            (["id2label": [:]], "id2label"),
            (["id2label": nil, "num_labels": -3], "num_labels"),
            (["id2label": nil, "num_labels": 1_000_000_000_000], "num_labels"),
            (["problem_type": "token_classification"], "problem_type"),
            (["problem_type": 3], "problem_type"),
        ] as [([String: JSON?], String)])
    func `labels with gaps or without a name are refused, and so are unknown problem types`(
        members: [String: JSON?], key: String
    ) throws {
        let edited = try EditedCheckpoint(members)
        let error = failure { try edited.open() }
        #expect(error?.kind == .data && error?.place.hasSuffix(key) ?? false, "\(members)")
    }

    @Test func `labels may be numbers, and those of one name are told apart by their ids`() throws {
        let edited = try EditedCheckpoint(["id2label": ["0": 3, "1": "bad", "2": "bad"]])
        #expect(try edited.open().task == .classification(["3", "bad (1)", "bad (2)"]))
    }

    @Test func `two ways to write a folder are one folder`() {
        let folder = TemporaryFolder()
        #expect(CheckpointFolder(folder.path) == CheckpointFolder(folder.path + "/./"))
        #expect(CheckpointFolder(folder.path) != CheckpointFolder(SmallModel.folder))
        #expect(CheckpointFolder("nowhere/a") != CheckpointFolder("nowhere/b"))
    }
}

extension Float {
    var bytes: [UInt8] { withUnsafeBytes(of: bitPattern.littleEndian) { Array($0) } }
}
