import OfframpEngine
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

/// Weights in the forms in which people have them.
@Suite struct CheckpointWeightsTests {
    private let original: [String: [Float]]

    init() throws { original = try Checkpoint(SmallModel.folder).backbone().values() }

    /// The small checkpoint with its weights in two files, and an index of them.
    private func sharded(
        _ edited: EditedCheckpoint? = nil, _ changed: (inout [String: String]) -> Void = { _ in }
    ) throws -> EditedCheckpoint {
        let edited = try edited ?? EditedCheckpoint()
        let file = try SafetensorsFile(path: edited.folder("model.safetensors"))
        var places: [String: String] = [:]
        for shard in 1...2 {
            let name = "model-0000\(shard)-of-00002.safetensors"
            var writer = SafetensorsWriter()
            for (index, tensor) in file.names.enumerated() where index % 2 == shard % 2 {
                writer.add(tensor, try file.tensor(tensor))
                places[tensor] = name
            }
            try writer.write(to: edited.folder(name), overwriting: false)
        }
        changed(&places)
        let map = JSON.object(places.map { JSON.Member($0.key, .string($0.value)) })
        _ = edited.folder.file(
            "model.safetensors.index.json",
            JSON.object([.init("metadata", [:]), .init("weight_map", map)]).text())
        Folder.removeAll(edited.folder("model.safetensors"))
        return edited
    }

    @Test func `shards are read as one file`() throws {
        let checkpoint = try sharded().open()
        #expect(try checkpoint.backbone().values() == original)
        #expect(try checkpoint.model(checkpoint.settings("bert")).heads.count == 1)
    }

    @Test func `a tensor of a shard that holds no numbers is named`() throws {
        let name = "bert.encoder.layer.0.output.dense.bias"
        let mark: Float = 12345.678
        let edited = try sharded(
            EditedCheckpoint { $0[name]?.withMutableValues { $0[0] = mark } })
        // The writer would refuse such a number itself.
        for shard in 1...2 {
            let file = "model-0000\(shard)-of-00002.safetensors"
            let bytes = try MappedFile(path: edited.folder(file)).withBytes { Array($0) }
            _ = edited.folder.file(file, bytes.replacing(mark.bytes, with: Float.nan.bytes))
        }
        let error = failure { try edited.open().backbone() }
        #expect(
            error?.found.hasPrefix("tensor \"\(name)\" with") ?? false,
            "\(error?.description ?? "")")
    }

    @Test func `shards are converted to one file`() throws {
        let source = try sharded()
        try CheckpointWriter(source.folder("out"), overwriting: false)
            .write(source.open(), as: .float32)
        #expect(try Checkpoint(source.folder("out")).backbone().values() == original)
    }

    @Test(arguments: [
        "../model.safetensors", "/etc/model.safetensors", "a/model.safetensors", "vocab.txt", "",
    ])
    func `an index that leads out of the folder is refused`(_ name: String) throws {
        let edited = try sharded { $0["classifier.bias"] = name }
        let error = failure { try edited.open() }
        #expect(error?.kind == .data && error?.place.hasSuffix("classifier.bias") ?? false)
    }

    @Test func `an index of tensors or files that are not there is refused`() throws {
        let wrong = try sharded { $0["classifier.other"] = "model-00001-of-00002.safetensors" }
        #expect(failure { try wrong.open() }?.found.contains("classifier.other") ?? false)
        let missing = try sharded { $0["classifier.other"] = "model-00003-of-00002.safetensors" }
        #expect(failure { try missing.open() }?.kind == .noInput)
    }

    @Test func `tensors outside the encoder are named and do not matter`() throws {
        let edited = try EditedCheckpoint {
            $0["loss_fct.weight"] = Tensor([1, 2, 3])
            $0["cls.predictions.bias"] = Tensor([1])
        }
        let checkpoint = try edited.open()
        #expect(checkpoint.unusedTensors == ["loss_fct.weight"])
        #expect(try checkpoint.backbone().values() == original)
        #expect(try Checkpoint(SmallModel.folder).unusedTensors.isEmpty)
    }

    @Test func `weights are read from double precision, and tensors of other types are left alone`()
        throws
    {
        let edited = try EditedCheckpoint()
        let path = edited.folder("model.safetensors")
        try Self.doubled(SafetensorsFile(path: path)).withUnsafeBytes {
            _ = edited.folder.file("model.safetensors", Array($0))
        }
        let checkpoint = try edited.open()
        #expect(checkpoint.unusedTensors == ["seen"])
        #expect(try checkpoint.backbone().values() == original)
        try CheckpointWriter(edited.folder("out"), overwriting: false).write(checkpoint, as: .int8)
        let converted = try SafetensorsFile(path: edited.folder("out/model.safetensors"))
        #expect(converted.stored("seen")?.type == .bool)
    }

    /// The bytes of a file with all tensors as `F64`, and one of truth values.
    private static func doubled(_ file: SafetensorsFile) throws -> [UInt8] {
        var (members, data) = ([JSON.Member](), [UInt8]())
        func add(_ name: String, _ type: String, _ dimensions: [Int], _ bytes: [UInt8]) {
            members.append(
                JSON.Member(
                    name,
                    [
                        "dtype": .string(type), "shape": .array(dimensions.map { .number($0) }),
                        "data_offsets": [.number(data.count), .number(data.count + bytes.count)],
                    ]))
            data += bytes
        }
        for name in file.names {
            let doubles = try file.tensor(name).values.map { Double($0) }
            let bytes = doubles.withUnsafeBytes { Array($0) }
            add(name, "F64", file.stored(name)?.dimensions ?? [], bytes)
        }
        add("seen", "BOOL", [3], [1, 0, 1])
        let header = Array(JSON.object(members).text().utf8)
        return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
    }

    @Test func `names that a wrapper has changed are refused with the way out`() throws {
        let edited = try EditedCheckpoint { tensors in
            tensors = Dictionary(uniqueKeysWithValues: tensors.map { ("module." + $0, $1) })
        }
        let error = failure { try edited.open() }
        #expect(error?.kind == .data && error?.place == edited.folder("model.safetensors"))
        #expect(error?.found.contains("module.") ?? false)
        #expect(error?.expected.contains("model.module") ?? false)
    }
}
