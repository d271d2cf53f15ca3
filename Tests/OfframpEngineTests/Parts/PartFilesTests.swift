import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

/// What the folders of parts hold.
@Suite struct PartFilesTests {
    @Test(arguments: ["bert", "distilbert", "electra", "mpnet"])
    func `every tensor is in the part that needs it, byte for byte`(family: String) throws {
        let checkpoint = try DeepCheckpoint(.sharedPooler, family: family)
        let paths = try checkpoint.split([1, 3])
        for file in ["model.safetensors", "exits/offramp.safetensors"] {
            let source = try SafetensorsFile(path: "\(checkpoint.path)/\(file)")
            let parts = try paths.map { try SafetensorsFile(path: "\($0)/\(file)") }
            #expect(Set(parts.flatMap(\.names)) == Set(source.names))
            for name in source.names {
                let copies = parts.compactMap { $0.stored(name) }
                let isCommon = name.contains("relative") || name.hasPrefix("pooler")
                #expect(copies.count == (isCommon ? 3 : 1), "\(name)")
                let bytes = try #require(source.stored(name).map { Array($0.bytes) })
                #expect(copies.allSatisfy { Array($0.bytes) == bytes }, "\(name)")
            }
            #expect(parts[0].names.contains { $0.hasPrefix("embeddings") } == file.hasPrefix("m"))
        }
        #expect(Folder.names(in: paths[0]).contains("vocab.txt"))
        #expect(!Folder.names(in: paths[1]).contains("vocab.txt"))
    }

    @Test func `a method ends with the part of its last exit`() throws {
        let checkpoint = try DeepCheckpoint()
        var heads = HeadSet(.mean, depths: [0, 1], width: 16, outputCount: 3)
        var initializer = ParameterInitializer(seed: 5)
        heads.visitParameters(&initializer, under: "")
        let writer = try CheckpointWriter(checkpoint.path, overwriting: true)
        try writer.write(heads, of: "shallow")
        try writer.write(ExitSettings(method: "shallow", heads: heads))
        let paths = try checkpoint.split([2])
        #expect(try Checkpoint(part: paths[0]).methods == ["offramp", "shallow"])
        #expect(try Checkpoint(part: paths[1]).methods == ["offramp"])
    }

    @Test func `measured results stay where no number was rounded`() throws {
        let checkpoint = try DeepCheckpoint()
        defer { withExtendedLifetime(checkpoint) {} }
        let source = try Checkpoint(checkpoint.path)
        let folder = TemporaryFolder()
        let part = try source.parts(splitAt: [2])[0]
        for (name, type) in [("same", nil), ("codes", ElementType.int8)] {
            let writer = try CheckpointWriter(folder(name), overwriting: false)
            #expect(
                try writer.write(part, of: source, as: type) == (type == nil ? [] : ["offramp"]))
            let settings = try Checkpoint(part: folder(name)).settings("offramp")
            #expect(settings.results == (type == nil ? ["dev": ["rows": 3]] : [:]))
        }
        #expect(
            try SafetensorsFile(path: folder("codes/model.safetensors")).tensors
                .contains { $0.type == .int8 })
    }

    @Test func `a part is no checkpoint, nor a checkpoint a part`() throws {
        let checkpoint = try DeepCheckpoint()
        let path = try checkpoint.split([2])[1]
        let part = failure { try Checkpoint(path) }
        #expect(part?.kind == .data && part?.place == path)
        #expect(part?.found == "part 2 of 2, which runs from depth 2 to 4")
        #expect(part?.expected.contains("a whole checkpoint") == true)
        let whole = failure { try Checkpoint(part: checkpoint.path) }
        #expect(whole?.kind == .data && whole?.expected.contains("convert --split") == true)
    }

    @Test func `nothing is trained into a part`() throws {
        let checkpoint = try DeepCheckpoint()
        let part = CheckpointFolder(try checkpoint.split([2])[0])
        for backbone in [true, false] {
            let error = failure {
                try part.checkRoom(for: "offramp", backbone: backbone, overwriting: true)
            }
            #expect(error?.kind == .usage && error?.found == "a part of a split checkpoint")
        }
    }

    @Test(arguments: [[0], [4], [5], [2, 7]])
    func `depths that do not lie between two layers are refused`(depths: [Int]) throws {
        let checkpoint = try DeepCheckpoint()
        let error = failure { try Checkpoint(checkpoint.path).parts(splitAt: depths) }
        #expect(error?.kind == .usage && error?.place == "--split")
        #expect(error?.expected.contains("depths from 1 to 3") == true)
    }

    private static let broken: [(String, String)] = [
        ("{}", "format"), ("{\"format\": 2}", "format"),
        (#"{"format": 1, "part": 3, "parts": 2}"#, "part"),
        (#"{"format": 1, "part": 1, "parts": 2, "depths": [2, 2]}"#, "depths"),
        (
            #"{"format": 1, "part": 1, "parts": 2, "depths": [2, 9], "backbone": "a", "exits": {}}"#,
            "depths"
        ),
        (
            #"{"format": 1, "part": 1, "parts": 2, "depths": [2, 4], "backbone": 1, "exits": {}}"#,
            "backbone"
        ),
        (
            #"{"format": 1, "part": 1, "parts": 2, "depths": [2, 4], "backbone": "a", "exits": {}}"#,
            "exits: offramp"
        ),
    ]

    @Test(arguments: broken)
    func `a broken part is named`(content: String, place: String) throws {
        let checkpoint = try DeepCheckpoint()
        let path = try checkpoint.split([2])[1]
        var file = try OutputFile(path: "\(path)/part.json", overwriting: true)
        try file.write(content)
        try file.commit()
        let error = failure { try LoadedPart(Checkpoint(part: path)) }
        #expect(error?.kind == .data)
        #expect(error?.place.contains("part.json: \(place)") == true, "\(error?.place ?? "")")
    }
}
