import Glibc
import OfframpEngine
import OfframpFiles
import TestFiles
import TestModels
import Testing

/// `convert --split`.
@Suite struct SplitTests {
    // Held by the suite, so that the folders stay until the test has ended.
    private let checkpoint: DeepCheckpoint
    private let folder = TemporaryFolder()

    init() throws { checkpoint = try DeepCheckpoint(depths: [1, 2, 4], policy: "confidence:0.7") }

    private func split(_ depths: String, _ more: [String] = []) -> CommandRun {
        CommandRun(
            ["convert", checkpoint.path, "--split", depths, "--output", folder("parts")] + more)
    }

    @Test func `parts are written with what each needs, and their sizes told`() throws {
        let run = split("2,3", ["--json"])
        #expect(run.status == 0, "\(run.notes)")
        #expect(Folder.names(in: folder("parts")) == ["part-1", "part-2", "part-3"])
        let report = try JSON(parsing: run.output, from: "output")
        #expect(report.members?.map(\.key) == ["input", "output", "store", "before", "parts"])
        #expect(report["store"] == .null)
        let parts = try #require(report["parts"]?.elements)
        #expect(parts.map { $0["depths"] } == [[0, 2], [2, 3], [3, 4]])
        #expect(parts.map { $0["exits"]?["offramp"] } == [[1, 2], [], [4]])
        for (part, json) in zip(["part-1", "part-2", "part-3"], parts) {
            let files = Folder.names(in: folder("parts/\(part)")).filter { $0 != "exits" }
                .map { "\(part)/\($0)" }
            let heads = Folder.names(in: folder("parts/\(part)/exits"))
                .map { "\(part)/exits/\($0)" }
            let size = try (files + heads).reduce(0) { try $0 + bytes(folder("parts/\($1)")).count }
            #expect(json["weights"]?["bytes"]?.int == size)
        }
        #expect(run.notes.contains("part-2 has no exit of offramp: it hands all texts on"))
    }

    @Test func `with a type the parts are stored in it`() throws {
        #expect(split("2", ["--store", "int8"]).status == 0)
        let inspected = CommandRun(["inspect", "--json", folder("parts/part-2")])
        let json = try JSON(parsing: inspected.output, from: "output")
        #expect(json["weights"]?["types"]?.elements?.first == "I8")
    }

    @Test func `a part is inspected as what it is`() throws {
        #expect(split("2").status == 0)
        let run = CommandRun(["inspect", folder("parts/part-2")])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.output.contains("2 of 2, from depth 2 to 4"))
        let json = try JSON(
            parsing: CommandRun(["inspect", "--json", folder("parts/part-2")]).output,
            from: "output")
        #expect(json["part"]?["depths"] == [2, 4])
        #expect(json["methods"]?.elements?.first?["depths"] == [4])
        #expect(CommandRun(["inspect", checkpoint.path]).output.contains("part") == false)
    }

    @Test func `commands that need a whole checkpoint refuse a part`() {
        #expect(split("2").status == 0)
        let part = folder("parts/part-1")
        for arguments in [
            ["classify", "good", "--checkpoint", part], ["tokenize", "good", "--checkpoint", part],
            ["label", "-", "--output", "-", "--checkpoint", part],
            ["classify", "good", "--cascade", "\(part),\(checkpoint.path)"],
            ["convert", part, "--store", "int8", "--output", folder("again")],
            ["convert", part, "--split", "1", "--output", folder("again")],
        ] {
            let run = CommandRun(arguments, input: "sentence\ngood\n")
            #expect(run.status == 65, "\(arguments[0])")
            #expect(run.notes.contains("found part 1 of 2, which runs from depth 0 to 2"))
            #expect(run.notes.contains("expected a whole checkpoint"))
        }
        #expect(folder.names == ["parts"])
    }

    private static let badUse: [(depths: String, more: [String], fragment: String)] = [
        ("0", [], "depths from 1 to 3"), ("4", [], "depths from 1 to 3"),
        ("2,9", [], "depths from 1 to 3"), ("3,2", [], "--split"), ("2,2", [], "--split"),
        ("two", [], "--split"), ("2", ["--data", "dev.tsv"], "--data goes with --store alone"),
        ("2", ["--store", "float8"], "float32"),
    ]

    @Test(arguments: badUse)
    func `what cannot be split is refused and leaves nothing`(
        depths: String, more: [String], fragment: String
    ) {
        let run = split(depths, more)
        #expect(run.status == 64)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(folder.names == [])
    }

    @Test func `neither a type nor a split is no conversion, and heads are needed`() throws {
        let run = CommandRun(["convert", checkpoint.path, "--output", folder("out")])
        #expect(run.status == 64 && run.notes.contains("--store, --split or both"))
        let tiny = try TinyCheckpoint()
        let headless = CommandRun([
            "convert", tiny.backbone, "--split", "1", "--output", folder("out"),
        ])
        #expect(headless.status == 65 && headless.notes.contains("no heads"))
        #expect(folder.names == [])
    }

    @Test func `parts are replaced only by force, and only if nothing else is there`() throws {
        #expect(split("2").status == 0)
        let refused = split("3")
        #expect(refused.status == 64 && refused.notes.contains("--force"))
        #expect(split("1,3", ["--force"]).status == 0)
        #expect(Folder.names(in: folder("parts")) == ["part-1", "part-2", "part-3"])
        for name in ["parts/thesis.tex", "parts/part-2/thesis.tex"] {
            let file = folder.file(name, "mine")
            let foreign = split("2", ["--force"])
            #expect(foreign.status == 64 && foreign.notes.contains("thesis.tex"))
            #expect(contents(file) == "mine")
            unlink(file)
        }
    }
}
