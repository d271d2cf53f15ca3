import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

/// A checkpoint with `type_vocab_size` 1: it has nothing to tell a second text by.
@Suite struct OneSegmentTests {
    private let checkpoint: TinyCheckpoint
    private var folder: TemporaryFolder { checkpoint.folder }

    init() throws {
        checkpoint = try TinyCheckpoint()
        let (configuration, weights) = ("checkpoint/config.json", "checkpoint/model.safetensors")
        let members = try JSON(file: folder(configuration)).members ?? []
        let others = members.filter { $0.key != "type_vocab_size" }
        _ = folder.file(configuration, JSON.object(others + [.init("type_vocab_size", 1)]).text())
        var writer = SafetensorsWriter()
        for (name, tensor) in try SafetensorsFile(path: folder(weights)).tensorsByName() {
            let isTable = name == "embeddings.token_type_embeddings.weight"
            writer.add(name, isTable ? Tensor(tensor.row(0), rows: 1, columns: 32) : tensor)
        }
        try writer.write(to: folder(weights), overwriting: true)
        let rows = TinyCheckpoint.words.enumerated().map { "\($1) film\t\($1) plot\t\($0 % 2)" }
        _ = folder.file("pairs.tsv", "sentence1\tsentence2\tlabel\n" + rows.joined(separator: "\n"))
    }

    @Test func `texts that stand alone are classified`() {
        #expect(checkpoint.run(["classify", "good film"]).status == 0)
    }

    private static let commands: [[String]] = [
        ["classify", "good film", "--pair", "bad plot", "--checkpoint", "FOLDER"],
        ["label", "PAIRS", "--output", "-", "--checkpoint", "FOLDER"],
        ["evaluate", "PAIRS", "--checkpoint", "FOLDER"],
        ["evaluate", "PAIRS", "--sweep", "--checkpoint", "FOLDER"],
        ["benchmark", "PAIRS", "--checkpoint", "FOLDER"],
        ["train", "PAIRS", "--hold-out", "0.5", "--output", "OUT", "--backbone", "FOLDER"],
        ["convert", "FOLDER", "--store", "int8", "--output", "OUT", "--data", "PAIRS"],
    ]

    @Test(arguments: commands)
    func `pairs are refused, whatever is to be done with them`(arguments: [String]) {
        let names = [
            "PAIRS": folder("pairs.tsv"), "OUT": folder("out"), "FOLDER": checkpoint.path,
        ]
        let run = CommandRun(arguments.map { names[$0] ?? $0 })
        #expect(run.status == 65)
        #expect(run.notes.contains("type_vocab_size: found 1, expected room for the 2 segments"))
        #expect(run.output == "")
    }
}
