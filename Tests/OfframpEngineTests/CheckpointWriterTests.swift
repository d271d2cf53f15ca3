import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct CheckpointWriterTests {
    /// Writes the small model with heads of a kind, and opens what was written.
    private static func written(
        _ folder: TemporaryFolder, _ kind: HeadKind = .mean, as type: ElementType = .float32
    ) throws -> (model: EarlyExitModel, checkpoint: Checkpoint) {
        let model = try SmallModel.model(kind)
        let writer = try CheckpointWriter(folder("out"), overwriting: false)
        try writer.write(
            model.backbone, from: Checkpoint(SmallModel.folder),
            task: .classification(["x", "y", "z"]), as: type)
        try writer.write(model.heads, of: "ours")
        try writer.write(
            ExitSettings(method: "ours", head: kind.name, depths: [0, 1, 2], policy: "full"))
        return (model, try Checkpoint(folder("out")))
    }

    @Test func `replaces heads of its own alone`() throws {
        let folder = TemporaryFolder()
        let heads = try SmallModel.model(.mean).heads
        let writer = try CheckpointWriter(folder("out"), overwriting: false)
        try writer.write(heads, of: "ours", as: .float16)
        #expect(failure { try writer.write(heads, of: "ours", as: .float32) } != nil)
        try writer.write(heads, of: "ours", as: .float32, again: true)
        let stored = try SafetensorsFile(path: folder("out/exits/ours.safetensors"))
        #expect(stored.stored("exits.0.classifier.weight")?.type == .float32)
    }

    @Test(arguments: HeadKind.catalog.map(\.name))
    func `the same bits come back as F32`(kind: String) throws {
        let folder = TemporaryFolder()
        let (model, checkpoint) = try Self.written(folder, HeadKind.named(kind))
        let read = try checkpoint.model(checkpoint.settings("ours"))
        #expect(read.values() == model.values())
        #expect(checkpoint.task == .classification(["x", "y", "z"]))
        #expect(try checkpoint.tokenizer().pieceCount == 36)
    }

    @Test(arguments: [
        (ElementType.float16, Float(0x1p-11)), (.bfloat16, 0x1p-8), (.int8, 0.5 / 127),
    ])
    func `other formats round by no more than they must`(type: ElementType, bound: Float) throws {
        let folder = TemporaryFolder()
        let (model, checkpoint) = try Self.written(folder, as: type)
        let read = try checkpoint.backbone().values()
        for (name, values) in model.backbone.values() {
            let largest = values.reduce(0) { max($0, abs($1)) }
            let differences = zip(values, read[name] ?? []).map { abs($0 - $1) }
            #expect(differences.count == values.count)
            #expect(differences.allSatisfy { $0 <= bound * 1.001 * largest }, "\(name)")
        }
    }

    @Test func `a pooler that all exits share is stored once`() throws {
        let folder = TemporaryFolder()
        let (model, _) = try Self.written(folder, .sharedPooler)
        let file = try SafetensorsFile(path: folder("out/exits/ours.safetensors"))
        #expect(file.names.count { $0.contains("pooler") } == 2)
        #expect(file.names.count == 2 + 2 * model.heads.count)
    }

    @Test func `a regression stays one`() throws {
        let folder = TemporaryFolder()
        let writer = try CheckpointWriter(folder("out"), overwriting: false)
        try writer.write(
            SmallModel.model(.mean).backbone, from: Checkpoint(SmallModel.folder),
            task: .regression, as: .float32)
        #expect(try Checkpoint(folder("out")).task == .regression)
    }

    @Test(arguments: [
        "config.json", "model.safetensors", "vocab.txt", "exits/ours.json",
        "exits/ours.safetensors",
    ])
    func `files that are there are refused before anything is done, unless they may be replaced`(
        name: String
    ) throws {
        let folder = TemporaryFolder()
        let checkpoint = CheckpointFolder(folder.path)
        try checkpoint.create()
        func check(backbone: Bool = true, overwriting: Bool = false) throws {
            try checkpoint.checkRoom(for: "ours", backbone: backbone, overwriting: overwriting)
        }
        try check()
        _ = folder.file(name, "old")
        let error = failure { try check() }
        #expect(error?.kind == .usage && error?.place == folder(name))
        let onlyHeads = failure { try check(backbone: false) }
        #expect((onlyHeads == nil) == !name.hasPrefix("exits/"))
        try check(overwriting: true)
    }

    @Test func `a new backbone is refused under the heads of others, whatever may be replaced`()
        throws
    {
        let folder = TemporaryFolder()
        _ = try Self.written(folder)
        for overwriting in [false, true] {
            func check(backbone: Bool) throws {
                try CheckpointFolder(folder("out")).checkRoom(
                    for: "theirs", backbone: backbone, overwriting: overwriting)
            }
            let error = failure { try check(backbone: true) }
            #expect(error?.kind == .usage && error?.found.contains("heads of ours") ?? false)
            try check(backbone: false)
        }
    }
}
