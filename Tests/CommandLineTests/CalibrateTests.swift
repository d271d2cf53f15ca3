import OfframpFiles
import TestFiles
import Testing

@Suite struct CalibrateTests {
    private let checkpoint: TinyCheckpoint
    private let data: String

    init() throws {
        checkpoint = try TinyCheckpoint()
        let words = TinyCheckpoint.words
        let rows = (0..<400).map { row in
            "\(words[row % 10]) \(words[row / 10 % 10]) \(words[row / 100])\t\(row % 2)"
        }
        data = checkpoint.folder.file(
            "data.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
    }

    private func run(_ arguments: String, of file: String? = nil) -> CommandRun {
        checkpoint.run(
            ["calibrate", file ?? data] + arguments.split(separator: " ").map(String.init))
    }

    private var settings: String { contents(checkpoint.path + "/exits/offramp.json") }

    @Test(arguments: [
        ("--max-accuracy-drop 5", "at most 5 points below the full model"),
        ("--target-compute 0.6", "at most 60 % of the compute"),
        ("--risk 0.1", "with 95 % confidence at most 10 % lose their answer"),
        ("--risk 0.1 --confidence 0.8", "with 80 % confidence at most 10 % lose their answer"),
        ("--risk 0.1 --on-average", "on average at most 10 % lose their answer"),
        ("--risk 0.1 --unlabelled", "with 95 % confidence at most 10 % get another answer"),
        ("--max-latency 10s", "95 of 100 texts within 10000 ms"),
        ("--max-latency 10000000µs", "95 of 100 texts within 10000 ms"),
        ("--risk 0.1 --policy entropy", "with 95 % confidence at most 10 % lose their answer"),
    ]) func `a goal becomes a policy under a name`(goal: String, promise: String) throws {
        let run = run("\(goal) --name mine --json")
        #expect(run.status == 0, "\(run.notes)")
        let found = try JSON(parsing: run.output, from: "output")
        #expect(found["promise"]?.string == promise)
        #expect(found["searched_rows"]?.int == 120)
        #expect(found["rows"]?.int == 280)
        let policy = try #require(found["policy"]?.string)
        let answer = checkpoint.run(["evaluate", data, "--speed", "mine", "--json"])
        #expect(try JSON(parsing: answer.output, from: "output")["policy"]?.string == policy)
        let inspected = CommandRun(["inspect", checkpoint.path])
        #expect(inspected.output.contains(promise))
    }

    @Test func `a policy of one's own is saved as it is, with what the rows prove`() throws {
        let run = run("--policy confidence:0.62 --name own --json")
        #expect(run.status == 0, "\(run.notes)")
        let found = try JSON(parsing: run.output, from: "output")
        #expect(found["policy"] == "confidence:0.62")
        #expect(found["rows"]?.int == 400 && found["searched_rows"] == nil)
        let lost = try #require(found["lost"]?.double)
        let saved = try JSON(parsing: settings, from: "settings")["promises"]?["own"]
        let risk = try #require(saved?["risk"]?.double)
        #expect(risk > lost && risk < lost + 0.1)
        #expect(found["promise"]?.string?.hasPrefix("with 95 % confidence at most ") == true)
        let agreement = try #require(saved?["agreement"]?.double)
        #expect(agreement <= 1 - lost)
    }

    @Test func `of a training file only held-out rows count`() throws {
        let run = run("--hold-out 0.25 --policy full --name own --json")
        #expect(run.status == 0, "\(run.notes)")
        #expect(try JSON(parsing: run.output, from: "output")["rows"]?.int == 100)
    }

    @Test func `of a file that train refuses nothing was held out`() {
        let before = settings
        let file = checkpoint.folder.file("ragged.tsv", contents(data) + "\nragged\n")
        let run = run("--hold-out 0.25 --policy full --name own", of: file)
        #expect(run.status == 65)
        #expect(run.notes.contains("ragged.tsv:402: found 1 column"), "\(run.notes)")
        #expect(settings == before)
    }

    @Test(arguments: [
        "--name own", "--hold-out 0", "--hold-out 1 --risk 0.1 --name own",
        "--hold-out 0.1 --unlabelled --risk 0.1 --name own", "--policy full --unlabelled",
        "--policy nothing --name own",
    ])
    func `what does not go together is refused`(arguments: String) {
        let before = settings
        #expect(run(arguments).status == 64)
        #expect(settings == before)
    }

    @Test func `what the goal allows is not exceeded`() throws {
        let run = run("--target-compute 0.6 --name mine --json")
        let found = try JSON(parsing: run.output, from: "output")
        #expect(try #require(found["relative_compute"]?.double) <= 0.6)
    }

    @Test func `without a goal temperatures and the usual policies are made anew`() throws {
        let run = run("--json")
        #expect(run.status == 0, "\(run.notes)")
        let found = try JSON(parsing: run.output, from: "output")
        let exits = try #require(found["exits"]?.elements)
        #expect(exits.count == 3)
        for exit in exits {
            #expect(try #require(exit["temperature"]?.double) != 1)
            #expect(exit["error_before"]?.double != nil && exit["error_after"]?.double != nil)
        }
        let names = found["operating_points"]?.elements?.compactMap { $0["name"]?.string }
        #expect(names == ["fast", "balanced", "accurate"])
        let written = try JSON(parsing: settings, from: "settings")
        #expect(
            written["temperatures"]?.elements?.compactMap(\.double)
                == exits.compactMap { $0["temperature"]?.double })
    }

    @Test(arguments: [
        ("--risk 0.1", 64, "--name"),
        ("--name mine", 64, "goal"),
        ("--policy confidence:0.8", 64, "--name"),
        ("--unlabelled", 64, "goal"),
        ("--risk 0.1 --target-compute 0.5 --name mine", 64, "One goal"),
        ("--risk 1.5 --name mine", 64, "--risk"),
        ("--risk 0 --name mine", 64, "--risk"),
        ("--confidence 0.9 --max-accuracy-drop 1 --name mine", 64, "--risk"),
        ("--target-speedup 0.5 --name mine", 64, "--target-speedup"),
        ("--max-latency 2 --name mine", 64, "--max-latency"),
        ("--max-latency 0ms --name mine", 64, "a time above 0"),
        ("--risk 0.1 --name fast", 64, "--force"),
        ("--speed fast --risk 0.1 --name mine", 64, "--speed"),
        ("--risk 0.1 --name mine --policy halting", 64, "halting"),
        ("--risk 0.1 --name mine --policy gates --hold-out 0.5", 64, "learned"),
        ("--risk 0.001 --name mine", 65, "at least 4278"),
        ("--target-compute 0.0001 --name mine", 65, "--target-compute"),
    ]) func `what cannot be done is refused, and nothing is changed`(
        arguments: String, status: Int32, words: String
    ) {
        let before = settings
        let run = run(arguments)
        #expect(run.status == status, "\(run.notes)")
        #expect(run.notes.contains(words), "\(run.notes)")
        #expect(settings == before)
    }

    @Test(arguments: [
        ("sentence\tlabel\n", "row"),
        ("sentence\tlabel\na good film\tjoy\na bad film\tgrief\n", "joy"),
        ("sentence\tlabel\n" + String(repeating: "a good film\t1\n", count: 400), "one label"),
        ("sentence\tlabel\na good film\t1\na bad film\t0\n", "2 rows"),
    ]) func `rows that tell nothing are refused`(content: String, words: String) {
        let before = settings
        let file = checkpoint.folder.file("poor.tsv", content)
        let run = run("--risk 0.1 --name mine", of: file)
        #expect(run.status == 65, "\(run.notes)")
        #expect(run.notes.contains(words), "\(run.notes)")
        #expect(settings == before)
    }

    @Test func `policies that go with their temperatures are named`() {
        #expect(run("--target-compute 0.6 --name mine").status == 0)
        let run = run("")
        #expect(run.status == 0 && !settings.contains("mine"))
        #expect(run.notes.contains("other temperatures: mine"), "\(run.notes)")
    }

    /// Its operating points are fixed depths, of which no kind of policy can be taken.
    @Test func `a regression has goals without a --policy`() throws {
        let number = try TinyCheckpoint(task: .regression)
        let rows = (0..<40).map { "\(TinyCheckpoint.words[$0 % 10]) film\t\($0 % 7).5" }
        let data = number.folder.file(
            "numbers.tsv", "sentence\tscore\n" + rows.joined(separator: "\n"))
        let run = number.run(["calibrate", data, "--max-accuracy-drop", "5", "--name", "mine"])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("40 rows are few"), "\(run.notes)")
        #expect(contents(number.path + "/exits/offramp.json").contains("\"mine\""))
    }

    @Test func `a name is replaced when it is asked for`() throws {
        #expect(run("--target-compute 0.6 --name fast --force").status == 0)
        let points =
            try JSON(parsing: settings, from: "settings")["operating_points"]?.members ?? []
        #expect(points.map(\.key).sorted() == ["accurate", "fast"])
    }
}
