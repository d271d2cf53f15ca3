import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct AverageTests {
    private let checkpoint: TinyCheckpoint
    private let data: String
    private var folder: TemporaryFolder { checkpoint.folder }

    init() throws {
        checkpoint = try TinyCheckpoint()
        let rows = TinyCheckpoint.words.flatMap { word in
            TinyCheckpoint.words.map { "\(word) \($0)\t\($0.count % 2)" }
        }
        data = checkpoint.folder.file(
            "train.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
        for seed in ["1", "2"] { try train("seed\(seed)", ["--seed", seed]) }
    }

    private func train(_ output: String, _ more: [String] = []) throws {
        let run = CommandRun(
            [
                "train", data, "--backbone", checkpoint.backbone, "--output", folder(output),
                "--dev", data, "--hold-out", "0.2", "--epochs", "1", "--batch", "8", "--quiet",
            ] + more)
        try #require(run.status == 0, "\(run.notes)")
    }

    private func average(_ sources: [String], _ more: [String] = []) -> CommandRun {
        CommandRun(
            ["average"] + sources.map { folder($0) }
                + ["--train", data, "--output", folder("mean")] + more)
    }

    @Test func `weights and heads are the mean, and classify`() throws {
        let run = average(["seed1", "seed2"], ["--dev", data, "--hold-out", "0.2"])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("20 to choose by"))
        for file in ["model.safetensors", "exits/offramp.safetensors"] {
            let files = try ["seed1", "seed2", "mean"].map {
                try SafetensorsFile(path: folder("\($0)/\(file)"))
            }
            for name in files[2].tensors.map(\.name) {
                let values = try files.map { try $0.values(name) }
                let mean = zip(values[0], values[1]).map { ($0 + $1) / 2 }
                #expect(largestDifference(values[2], mean) < 1e-6, "\(name)")
            }
        }
        let settings = try JSON(file: folder("mean/exits/offramp.json"))
        #expect(settings["operating_points"]?.members?.count == 3)
        #expect(settings["results"]?["report"]?["rows"]?.int == 100)
        #expect(settings["results"]?["validation"]?["rows"]?.int == 20)
        #expect(settings["training"]?["averaged"]?.elements?.map { $0["seed"]?.int } == [1, 2])
        let answer = CommandRun(["classify", "--checkpoint", folder("mean"), "good film"])
        #expect(answer.status == 0, "\(answer.notes)")
    }

    @Test func `an average of averages is chosen from the policies that were asked for`() throws {
        for seed in ["1", "2"] { try train("e\(seed)", ["--seed", seed, "--policy", "entropy"]) }
        let choosing = ["--dev", data, "--hold-out", "0.2"]
        #expect(average(["e1", "e2"], choosing).status == 0)
        let run = CommandRun(
            ["average", folder("mean"), folder("e1"), "--train", data, "--output", folder("again")]
                + choosing)
        #expect(run.status == 0, "\(run.notes)")
        let settings = try JSON(file: folder("again/exits/offramp.json"))
        #expect(settings["training"]?["policy"]?.string == "entropy")
    }

    @Test func `rows that one of them has learned from are not chosen on`() throws {
        try train("careless", ["--hold-out", "0.1"])
        let run = average(["seed1", "careless"], ["--hold-out", "0.2"])
        #expect(run.status == 64)
        #expect(
            run.notes.contains("\(folder("careless")): found training that held out a share of 0.1")
        )
        #expect(!folder.names.contains("mean"))
        #expect(average(["seed1", "careless"], ["--hold-out", "0.1"]).status == 0)
        let nested = CommandRun(
            [
                "average", folder("mean"), folder("seed1"), "--train", data, "--hold-out", "0.2",
                "--output", folder("nested"),
            ])
        #expect(nested.status == 64 && nested.notes.contains("a share of 0.1"))
    }

    @Test func `weights are stored as asked for`() throws {
        let run = average(["seed1", "seed2", "seed1"], ["--dev", data, "--store", "int8"])
        #expect(run.status == 0, "\(run.notes)")
        let file = try SafetensorsFile(path: folder("mean/model.safetensors"))
        let name = "encoder.layer.0.output.dense.weight"
        #expect(file.tensors.first { $0.name == name }?.type == .int8)
    }

    @Test func `checkpoints that are not alike are refused by name`() throws {
        try train("named", ["--labels", "no,yes"])
        try train("shallow", ["--depths", "1,2"])
        try train("swapped")
        let pieces = try String(decoding: bytes(folder("swapped/vocab.txt")), as: UTF8.self)
            .split(separator: "\n")
        let swapped = pieces.dropLast(2) + pieces.suffix(2).reversed()
        _ = folder.file("swapped/vocab.txt", swapped.joined(separator: "\n"))
        let others = [
            ("named", "set of labels"), ("shallow", "choice of depths"), ("swapped", "vocabulary"),
        ]
        for (other, difference) in others {
            let run = average(["seed1", other], ["--dev", data])
            #expect(run.status == 64)
            #expect(run.notes.contains("another \(difference)"), "\(run.notes)")
            #expect(run.notes.contains("/\(other): found"), "\(run.notes)")
            #expect(!folder.names.contains("mean"))
        }
    }

    private static let badUse: [([String], [String], Int32, String)] = [
        (["seed1"], [], 64, "its own average"),
        (["seed1", "seed2"], ["--method", "deebert"], 64, "deebert"),
        (["seed1", "seed2"], ["--hold-out", "0"], 64, "--dev"),
        (["seed1", "nowhere"], [], 66, "nowhere"),
        (["seed1", "mean"], [], 66, "mean"),
    ]

    @Test(arguments: badUse)
    func `what cannot be averaged is refused`(
        sources: [String], options: [String], status: Int32, fragment: String
    ) {
        let run = average(sources, options)
        #expect(run.status == status)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(!folder.names.contains("mean"))
    }

    @Test func `a checkpoint that is there is replaced only by force`() {
        #expect(average(["seed1", "seed2"]).status == 0)
        #expect(average(["seed1", "seed2"]).status == 64)
        #expect(average(["seed1", "seed2"], ["--force"]).status == 0)
        #expect(average(["seed1", "mean"], ["--force"]).status == 64)
    }
}
