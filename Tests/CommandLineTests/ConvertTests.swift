import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite struct ConvertTests {
    private let checkpoint: TinyCheckpoint
    private let data: String
    /// Where outputs go, apart from the checkpoint.
    private let folder = TemporaryFolder()

    init() throws {
        checkpoint = try TinyCheckpoint()
        let rows = TinyCheckpoint.words.enumerated().map { "a \($1) film\t\($0 % 2)" }
        data = checkpoint.folder.file(
            "data.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
    }

    private func convert(
        _ type: String, _ more: [String] = [], from source: String? = nil, to output: String = "out"
    ) -> CommandRun {
        CommandRun(
            ["convert", source ?? checkpoint.path, "--store", type, "--output", folder(output)]
                + more)
    }

    @Test(arguments: ["float32", "float16", "bfloat16", "int8"])
    func `what is written classifies, and tells its size`(type: String) throws {
        let run = convert(type, ["--json"])
        #expect(run.status == 0, "\(run.notes)")
        #expect(folder.names == ["out"])
        let answer = CommandRun(["classify", "--json", "--checkpoint", folder("out"), "good film"])
        #expect(answer.status == 0, "\(answer.notes)")
        let report = try JSON(parsing: run.output, from: "output")
        #expect(
            report.members?.map(\.key)
                == ["input", "output", "store", "before", "after", "comparisons"])
        #expect(report["store"] == .string(type))
        #expect(report["comparisons"] == [])
        let files =
            ["config.json", "vocab.txt", "model.safetensors"]
            + ["offramp.json", "offramp.safetensors"].map { "exits/\($0)" }
        let size = try files.reduce(0) { try $0 + bytes(folder("out/\($1)")).count }
        #expect(report["after"]?["bytes"]?.int == size)
        let before = try #require(report["before"]?["bytes"]?.int)
        #expect(type == "float32" ? size == before : size < before)
    }

    @Test func `data tell what each exit reaches before and after`() throws {
        let run = convert("int8", ["--json", "--data", data, data])
        #expect(run.status == 0, "\(run.notes)")
        let comparisons = try #require(
            try JSON(parsing: run.output, from: "output")["comparisons"]?.elements)
        #expect(comparisons.count == 2)
        let expected = try [checkpoint.path, folder("out")].map { path in
            let run = CommandRun(["evaluate", data, "--json", "--checkpoint", path])
            let exits = try JSON(parsing: run.output, from: "output")["exits"]?.elements
            return exits?.map { $0["accuracy"] }
        }
        for comparison in comparisons {
            #expect(
                comparison.members?.map(\.key)
                    == ["data", "rows", "method", "precision", "metric", "exits"])
            #expect(comparison["precision"] == "float32")
            #expect(comparison["rows"]?.int == 10)
            let exits = try #require(comparison["exits"]?.elements)
            #expect(exits.map { $0["depth"] } == [0, 1, 2])
            #expect(exits.map { $0["before"] } == expected[0])
            #expect(exits.map { $0["after"] } == expected[1])
            for exit in exits {
                let numbers = ["before", "after", "difference"].compactMap { exit[$0]?.double }
                #expect(abs(numbers[1] - numbers[0] - numbers[2]) < 1e-12)
            }
        }
    }

    @Test func `people get tables`() {
        let run = convert("float32", ["--data", data, "--method", "offramp"])
        for fragment in ["stored as", " kB", "accuracy before", "difference", "offramp", "float32"]
        {
            #expect(run.output.contains(fragment), "\(fragment)")
        }
        #expect(run.notes.contains("wrote \(folder("out"))"))
        #expect(convert("int8", ["--quiet"], to: "quiet").notes == "")
    }

    @Test func `a Hugging Face folder is converted to a smaller one that can be trained on`() throws
    {
        let run = convert("int8", from: checkpoint.backbone)
        #expect(run.status == 0, "\(run.notes)")
        #expect(
            Folder.names(in: folder("out")) == ["config.json", "model.safetensors", "vocab.txt"])
        let rows = TinyCheckpoint.words.flatMap { word in
            (0..<2).map { "\(word) \(word) \($0 == 0 ? "film" : "plot")\t\($0)" }
        }
        let train = checkpoint.folder.file(
            "train.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
        let trained = CommandRun([
            "train", train, "--backbone", folder("out"), "--output", folder("trained"),
            "--hold-out", "0.3", "--epochs", "1",
        ])
        #expect(trained.status == 0, "\(trained.notes)")
    }

    @Test func `a folder that is there is replaced only by force, and only if it is a checkpoint`()
        throws
    {
        #expect(convert("int8").status == 0)
        let old = try bytes(folder("out/model.safetensors"))
        let refused = convert("float16")
        #expect(refused.status == 64)
        #expect(refused.notes.contains("--force"))
        #expect(try bytes(folder("out/model.safetensors")) == old)
        #expect(convert("float16", ["--force"]).status == 0)
        #expect(try bytes(folder("out/model.safetensors")) != old)
        _ = folder.file("out/thesis.tex", "mine")
        let foreign = convert("int8", ["--force"])
        #expect(foreign.status == 64)
        #expect(foreign.notes.contains("thesis.tex"))
        #expect(contents(folder("out/thesis.tex")) == "mine")
        #expect(folder.names == ["out"])
    }

    private static let badUse: [([String], Int32, String)] = [
        (["--store", "float8"], 64, "float32"),
        (["--method", "offramp"], 64, "--method goes with --data"),
        (["--threads", "0"], 64, "whole number from 1"),
        (["--data", "/nowhere.tsv"], 66, "/nowhere.tsv"),
        (["--data", "/nowhere.xml"], 64, ".jsonl"),
        (["--output", "/nowhere/out"], 74, "/nowhere/out"),
    ]

    @Test(arguments: badUse)
    func `what cannot be converted is refused and leaves nothing`(
        arguments: [String], status: Int32, fragment: String
    ) {
        let run = convert("int8", arguments)
        #expect(run.status == status)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(run.output == "")
        #expect(folder.names == [])
    }

    @Test func `a source that is not a checkpoint is refused`() {
        let missing = convert("int8", from: "/nowhere")
        #expect(missing.status == 66)
        let itself = CommandRun([
            "convert", checkpoint.path, "--store", "int8", "--output", checkpoint.path, "--force",
        ])
        #expect(itself.status == 64)
        #expect(itself.notes.contains("another folder"))
        remove(checkpoint.folder("checkpoint/model.safetensors"))
        _ = checkpoint.folder.file("checkpoint/pytorch_model.bin", "PK")
        #expect(convert("int8").status == 65)
        #expect(folder.names == [])
    }

    @Test func `methods and data are checked before anything is written`() {
        let method = convert("int8", ["--data", data, "--method", "ztw"])
        #expect(method.status == 64)
        #expect(method.notes.contains("one of offramp"))
        let headless = convert("int8", ["--data", data], from: checkpoint.backbone)
        #expect(headless.status == 65)
        #expect(headless.notes.contains("no heads"))
        let labels = checkpoint.folder.file("bad.tsv", "sentence\tlabel\ngood\tgreat\n")
        #expect(convert("int8", ["--data", labels]).status == 65)
        #expect(folder.names == [])
    }

    @Test func `a full disk ends with an I/O error and leaves the old folder alone`() throws {
        #expect(convert("int8").status == 0)
        let old = try bytes(folder("out/model.safetensors"))
        let run = CommandRun(
            [
                "convert", checkpoint.path, "--store", "float32", "--output", folder("out"),
                "--force",
            ],
            under: "ulimit -f 32; exec \"$@\"")
        #expect(run.status == 74)
        #expect(run.notes.contains("model.safetensors"))
        #expect(folder.names == ["out"])
        #expect(try bytes(folder("out/model.safetensors")) == old)
    }

    @Test func `an interrupt leaves nothing half-written`() {
        let pipe = checkpoint.folder("pipe")
        mkfifo(pipe, 0o600)
        // Open for both, so that neither side waits and the command never sees the end.
        let writer = open(pipe, O_RDWR)
        defer { close(writer) }
        let process = CommandProcess(
            [
                "convert", checkpoint.path, "--store", "int8", "--output", folder("out"),
                "--data", "-", "--format", "tsv",
            ], input: pipe, output: "/dev/null", notes: checkpoint.folder("notes"))
        #expect(eventually { folder.names.count == 1 })
        process.send(SIGINT)
        #expect(process.wait() == 130)
        #expect(folder.names == [])
    }
}
