import Glibc
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct CheckpointConversionTests {
    private let folder = TemporaryFolder()
    private static let types = [ElementType.float32, .float16, .bfloat16, .int8]

    /// A checkpoint with the heads of two methods, and files that nobody reads.
    private func source() throws -> Checkpoint {
        let writer = try CheckpointWriter(folder("source"), overwriting: false)
        try writer.write(
            Checkpoint(SmallModel.folder).backbone(), from: Checkpoint(SmallModel.folder),
            task: .classification(["x", "y", "z"]), as: .float32)
        for (method, kind) in [("ours", HeadKind.mean), ("theirs", .sharedPooler)] {
            try writer.write(SmallModel.model(kind).heads, of: method)
            var settings = ExitSettings(
                method: method, head: kind.name, depths: [0, 1, 2], policy: "confidence:0.8")
            settings.temperatures = [1.5, 1, 0.75]
            settings.operatingPoints = [.init("fast", "depth:0")]
            settings.precision = .bfloat16
            settings.training = ["texts": 7]
            settings.results = ["dev": ["rows": 3]]
            settings.promises = ["safe": ["promise": "at most 2 points below the full model"]]
            try writer.write(settings)
        }
        for name in ["README.md", "LICENSE", "tokenizer_config.json", "notes.txt"] {
            _ = folder.file("source/\(name)", name == "tokenizer_config.json" ? "{}" : name)
        }
        return try Checkpoint(folder("source"))
    }

    private func converted(
        _ source: Checkpoint, as type: ElementType, _ name: String = "out"
    ) throws -> Checkpoint {
        try CheckpointWriter(folder(name), overwriting: false).write(source, as: type)
        return try Checkpoint(folder(name))
    }

    /// What a number may differ by: half of what separates two numbers of the type, by IEEE 754; in
    /// `I8` half a step of the row, of which there are 127 up to its largest number.
    private static func bound(_ type: ElementType, _ value: Float, largest: Float) -> Float {
        switch type {
        case .float16: max(abs(value) * 0x1p-11, 0x1p-25)
        case .bfloat16: abs(value) * 0x1p-8
        case .int8: largest / 254 * 1.0001
        default: 0
        }
    }

    private static func expectRounded(
        _ tensor: Tensor, _ read: Tensor, _ type: ElementType, _ name: String
    ) {
        #expect(read.shape == tensor.shape)
        for row in 0..<tensor.rows {
            let largest = tensor.row(row).map(abs).max() ?? 0
            for (value, found) in zip(tensor.row(row), read.row(row)) {
                #expect(abs(value - found) <= bound(type, value, largest: largest), "\(name)")
            }
        }
    }

    @Test(arguments: types)
    func `rounds the backbone's matrices by no more than the type must`(type: ElementType) throws {
        let source = try source()
        let checkpoint = try converted(source, as: type)
        let (before, after) = try (
            SafetensorsFile(path: source.folder.weights),
            SafetensorsFile(path: checkpoint.folder.weights)
        )
        #expect(after.tensors.map(\.name) == before.names)
        for tensor in after.tensors {
            let isVector = tensor.dimensions.count == 1
            let expected: ElementType = type != .int8 ? type : isVector ? .float32 : .int8
            #expect(tensor.type == expected, "\(tensor.name)")
            Self.expectRounded(
                try before.tensor(tensor.name), try after.tensor(tensor.name), expected,
                tensor.name)
        }
    }

    /// Large weights of a head may cancel, and then every bit counts.
    @Test(arguments: types)
    func `leaves heads as they are`(type: ElementType) throws {
        let source = try source()
        let checkpoint = try converted(source, as: type)
        for method in ["ours", "theirs"] {
            let paths = [source, checkpoint].map { $0.folder.headWeights(method) }
            #expect(try bytes(paths[0]) == bytes(paths[1]), "\(method)")
        }
    }

    @Test func `from I8 to F32 and back every byte is the same`() throws {
        let codes = try converted(source(), as: .int8, "codes")
        let wide = try converted(codes, as: .float32, "wide")
        let again = try converted(wide, as: .int8, "again")
        #expect(try bytes(again.folder.weights) == bytes(codes.folder.weights))
        for method in codes.methods {
            let paths = [codes, again].map { $0.folder.headWeights(method) }
            #expect(try bytes(paths[0]) == bytes(paths[1]))
        }
    }

    @Test(arguments: types)
    func `keeps every byte where the type stays`(type: ElementType) throws {
        let first = try converted(source(), as: type, "first")
        _ = try converted(first, as: type, "second")
        for name in [
            "model.safetensors", "exits/ours.safetensors", "exits/ours.json",
            "exits/theirs.safetensors", "exits/theirs.json", "config.json", "vocab.txt",
        ] {
            #expect(
                try bytes(folder("first/\(name)")) == bytes(folder("second/\(name)")), "\(name)")
        }
    }

    @Test func `takes the heads of all methods along, and what was measured where it still holds`()
        throws
    {
        let source = try source()
        for type in Self.types {
            let checkpoint = try converted(source, as: type, "\(type)")
            #expect(checkpoint.methods == ["ours", "theirs"])
            #expect(checkpoint.task == source.task)
            for method in source.methods {
                var expected = try source.settings(method)
                if type != .float32 { (expected.results, expected.promises) = ([:], [:]) }
                #expect(try checkpoint.settings(method) == expected)
            }
        }
        let writer = try CheckpointWriter(folder("again"), overwriting: false)
        #expect(try writer.write(source, as: .float16) == ["ours", "theirs"])
    }

    @Test func `copies what it has no say over, and nothing else`() throws {
        let source = try source()
        _ = try converted(source, as: .int8)
        let copied = ["LICENSE", "README.md", "config.json", "tokenizer_config.json", "vocab.txt"]
        for name in copied {
            #expect(try bytes(folder("out/\(name)")) == bytes(folder("source/\(name)")), "\(name)")
        }
        let written = ["exits", "model.safetensors"]
        #expect(Folder.names(in: folder("out")) == (copied + written).sorted())
    }

    @Test(arguments: types)
    func `a Hugging Face classifier stays one, its head as it is`(type: ElementType) throws {
        let source = try Checkpoint(SmallModel.folder)
        let checkpoint = try converted(source, as: type)
        #expect(checkpoint.methods == ["bert"])
        #expect(Folder.names(in: checkpoint.folder.path) == Folder.names(in: source.folder.path))
        let (before, after) = try (
            SafetensorsFile(path: source.folder.weights),
            SafetensorsFile(path: checkpoint.folder.weights)
        )
        #expect(after.tensors.map(\.name) == before.names)
        for name in ["bert.pooler.dense.weight", "classifier.weight", "classifier.bias"] {
            #expect(after.stored(name)?.type == before.stored(name)?.type, "\(name)")
        }
        let settings = try checkpoint.settings("bert")
        #expect(try checkpoint.model(settings).heads.depths == [2])
    }

    @Test func `a plain backbone stays one`() throws {
        let edited = try EditedCheckpoint(["id2label": nil, "label2id": nil]) { tensors in
            let bare = tensors.filter { $0.key.hasPrefix("bert.") }
            tensors = Dictionary(
                uniqueKeysWithValues: bare.map { (String($0.key.dropFirst(5)), $0.value) })
        }
        let source = try edited.open()
        let checkpoint = try converted(source, as: .float32)
        #expect(checkpoint.methods.isEmpty && checkpoint.task == nil)
        #expect(try checkpoint.backbone().values() == source.backbone().values())
        #expect(try converted(source, as: .int8, "codes").backbone(.int8).layers.count == 2)
    }

    @Test
    func `weights that are not a model's are refused, and so are those that the type cannot hold`()
        throws
    {
        let missing = try EditedCheckpoint {
            $0["bert.encoder.layer.1.attention.self.key.weight"] = nil
        }
        let large = try EditedCheckpoint {
            $0["bert.encoder.layer.1.output.dense.weight"]?.withMutableValues { $0[3] = 1e6 }
        }
        for (edited, name) in [(missing, "self.key.weight"), (large, "output.dense.weight")] {
            let error = failure {
                try CheckpointWriter(edited.folder("out"), overwriting: false)
                    .write(edited.open(), as: .float16)
            }
            #expect(error?.kind == .data && error?.description.contains(name) ?? false)
        }
    }

    @Test func `is not written over its source, however that is written`() throws {
        let source = try source()
        symlink("source", folder("link"))
        for name in ["source", "./source/", "link"] {
            for overwriting in [false, true] {
                let error = failure {
                    try OutputFolder(
                        path: folder(name), from: [source.folder], overwriting: overwriting
                    ).commit()
                }
                #expect(error?.kind == .usage, "\(name)")
            }
        }
        #expect(try Checkpoint(folder("source")).methods == ["ours", "theirs"])
    }

    @Test func `replaces a checkpoint, but no folder that holds anything else`() throws {
        let source = try source()
        _ = try converted(source, as: .int8)
        func replace() throws {
            try OutputFolder(path: folder("out"), from: [source.folder], overwriting: true).commit()
        }
        for name in ["notes.txt", "exits/notes.txt", ".hidden"] {
            let file = folder.file("out/\(name)", "mine")
            let error = failure(replace)
            #expect(error?.kind == .usage && error?.found.contains(name) ?? false)
            #expect(try bytes(file) == Array("mine".utf8))
            unlink(file)
        }
        try replace()
        #expect(Folder.names(in: folder("out")).isEmpty)
    }
}
