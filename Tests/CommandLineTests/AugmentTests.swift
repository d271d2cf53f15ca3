import OfframpFiles
import TestFiles
import Testing

@Suite struct AugmentTests {
    private let checkpoint: TinyCheckpoint
    private let folder = TemporaryFolder()

    init() throws { checkpoint = try TinyCheckpoint() }

    private func run(_ input: String, _ more: [String] = [], output: String = "out.tsv")
        -> CommandRun
    {
        CommandRun(
            ["augment", input, "--output", folder(output), "--backbone", checkpoint.backbone] + more
        )
    }

    @Test func `copies are written under a name that train finds, the same for the same seed`() {
        let file = folder.file(
            "in.csv", "text,label\n\"a very good film, fine plot\",1\nthe plot,0\n")
        let first = run(file, ["--copies", "6"])
        #expect(first.status == 0, "\(first.notes)")
        let lines = contents(folder("out.tsv")).split(separator: "\n")
        #expect(lines.first == "sentence" && lines.count > 6)
        #expect(run(file, ["--copies", "6"], output: "again.tsv").status == 0)
        #expect(contents(folder("again.tsv")) == contents(folder("out.tsv")))
        #expect(run(file, ["--copies", "6", "--seed", "2"], output: "other.tsv").status == 0)
        #expect(contents(folder("other.tsv")) != contents(folder("out.tsv")))
    }

    @Test func `a teacher answers them in training`() {
        let rows = (0..<60).map { "plot\($0) a \($0 % 2 == 0 ? "good" : "bad") film\t\($0 % 2)" }
        let file = folder.file("in.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
        #expect(run(file, ["--copies", "3"]).status == 0)
        let train = CommandRun([
            "train", file, "--backbone", checkpoint.backbone, "--freeze", "--hold-out", "0.2",
            "--unlabelled", folder("out.tsv"), "--teacher", checkpoint.path,
            "--labels", "negative,positive", "--output", folder("trained"),
        ])
        #expect(train.status == 0, "\(train.notes)")
    }

    @Test func `pairs stay pairs`() throws {
        let file = folder.file(
            "in.jsonl", #"{"premise": "a very good film", "hypothesis": "the plot"}"# + "\n")
        #expect(run(file, output: "out.jsonl").status == 0)
        let lines = contents(folder("out.jsonl")).split(separator: "\n")
        for line in lines {
            let object = try JSON(parsing: String(line), from: "out")
            #expect(object.members?.map(\.key) == ["sentence1", "sentence2"])
        }
        #expect(lines.count > 3)
    }

    @Test func `rows that train holds out have no copies`() {
        let words = TinyCheckpoint.words
        let rows = (0..<100).map { "\(words[$0 % 10]) only\($0) \(words[$0 / 10])\t\($0 % 2)" }
        let file = folder.file("in.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
        #expect(run(file, ["--hold-out", "0.2"]).status == 0)
        let copies = contents(folder("out.tsv"))
        let missing = (0..<100).filter {
            !copies.contains("only\($0) ") && !copies.contains("only\($0)\n")
        }
        #expect((20...40).contains(missing.count), "\(missing.count)")
    }

    @Test func `a file that exists is not replaced, and other formats are refused`() {
        let file = folder.file("in.txt", "a good film\n")
        #expect(run(file).status == 0)
        #expect(run(file).status == 64)
        #expect(run(file, ["--force"]).status == 0)
        #expect(run(file, output: "out.txt").status == 64)
    }
}
