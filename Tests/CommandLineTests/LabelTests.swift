import OfframpFiles
import OfframpTestSupport
import Testing

@Suite struct LabelTests {
    private let checkpoint: TinyCheckpoint
    private var folder: TemporaryFolder { checkpoint.folder }

    init() throws { checkpoint = try TinyCheckpoint() }

    private func run(_ arguments: [String], input: String = "") -> CommandRun {
        checkpoint.run(["label"] + arguments, input: input)
    }

    private static let inputs = [
        ("in.txt", "good film\nbad plot\n"),
        ("in.tsv", "id\tsentence\n1\tgood film\n2\tbad plot\n"),
        ("in.csv", "id,text\n1,\"good film\"\n2,bad plot\n"),
        ("in.jsonl", "{\"text\": \"good film\"}\n{\"text\": \"bad plot\"}\n"),
    ]

    @Test(arguments: inputs, ["out.tsv", "out.csv", "out.jsonl"])
    func `every format is read and written`(input: (name: String, text: String), output: String) {
        let path = folder.file(input.name, input.text)
        let run = run([path, "--output", folder(output)])
        #expect(run.status == 0)
        let lines = contents(folder(output)).split(separator: "\n")
        #expect(lines.count == (output == "out.jsonl" ? 2 : 3))
        #expect(lines[lines.count - 2].contains("good film"))
        #expect(lines[lines.count - 1].contains("bad plot"))
        #expect(run.notes.contains("2 rows"))
    }

    @Test(arguments: inputs)
    func `the last row counts without its line end, and so do marks and CRLF`(
        input: (name: String, text: String)
    ) {
        let plain = folder.file(input.name, input.text)
        let other = folder.file(
            "other-" + input.name,
            "\u{FEFF}" + input.text.dropLast().split(separator: "\n").joined(separator: "\r\n"))
        let expected = run([plain, "--output", "-"])
        #expect(expected.status == 0)
        #expect(run([other, "--output", "-"]).output == expected.output)
    }

    @Test func `rows keep their order, and bad ones their places`() throws {
        let rows = (0..<1000).map { "\($0)\t\(TinyCheckpoint.words[$0 % 10]) film" }
        let text = (["id\tsentence"] + rows[..<500] + ["ragged"] + rows[500...])
            .joined(separator: "\n")
        let run = run([folder.file("in.tsv", text), "--output", "-"])
        #expect(run.status == 0)
        #expect(run.notes.contains("in.tsv:502: found 1 column, expected 2"))
        let answers = try run.lines.map { try JSON(parsing: $0, from: "output") }
        #expect(answers.count == 1001)
        #expect(answers[500]["error"]?.string?.contains(":502") == true)
        #expect(answers[500]["label"] == .null)
        let ids = answers.compactMap { $0["id"]?.string }
        #expect(ids == (0..<1000).map { "\($0)" })
    }

    @Test func `JSON has the input's fields, then the answer`() throws {
        let run = run(["-", "--output", "-", "--quiet"], input: "good film\n")
        let keys = ["text", "label", "score", "exit", "truncated", "error"]
        #expect(try JSON(parsing: run.output, from: "output").members?.map(\.key) == keys)
        #expect(run.notes == "")
    }

    @Test func `labels are those of classify`() throws {
        let texts = TinyCheckpoint.words.map { "a \($0) film" }
        let labelled = run(["-", "--output", "-"], input: texts.joined(separator: "\n"))
        let classified = checkpoint.run(["classify", "--json"] + texts)
        for (left, right) in zip(labelled.lines, classified.lines) {
            let left = try JSON(parsing: left, from: "label")
            let right = try JSON(parsing: right, from: "classify")
            for key in ["text", "label", "score", "exit", "truncated"] {
                #expect(left[key] == right[key])
            }
        }
    }

    @Test func `a file that exists is replaced only by force`() {
        let input = folder.file("in.txt", "good film\n")
        let output = folder.file("out.jsonl", "mine")
        let refused = run([input, "--output", output])
        #expect(refused.status == 64)
        #expect(refused.notes.contains("--force"))
        #expect(contents(output) == "mine")
        #expect(run([input, "--output", output, "--force"]).status == 0)
        #expect(contents(output).contains("good film"))
    }

    @Test func `a full disk ends with an I/O error`() {
        let input = folder.file("in.txt", "good film\n")
        let run = run([input, "--output", "/dev/full", "--output-format", "jsonl"])
        #expect(run.status == 74)
        #expect(run.notes.contains("/dev/full"))
    }
}
