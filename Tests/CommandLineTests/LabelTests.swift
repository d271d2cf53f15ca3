import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite struct LabelTests {
    private let checkpoint: TinyCheckpoint
    private var folder: TemporaryFolder { checkpoint.folder }

    init() throws { checkpoint = try TinyCheckpoint() }

    private func run(_ arguments: [String], input: String = "") -> CommandRun {
        checkpoint.run(["label"] + arguments, input: input)
    }

    /// The texts of the rows that were written as JSON.
    private func texts(_ run: CommandRun) throws -> [String] {
        try run.lines.compactMap { try JSON(parsing: $0, from: "output")["text"]?.string }
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

    @Test func `a text that is too long is named by file and line`() {
        let short = folder.file("short.txt", "good film\n")
        let long = folder.file(
            "long.txt", "bad plot\n" + String(repeating: "good ", count: 30) + "\n")
        let run = run([
            short, long, "--output", folder("out.tsv"), "--long", "refuse", "--on-error", "skip",
        ])
        #expect(run.notes.contains("\(long):2"), "\(run.notes)")
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

    @Test func `a folder is read file by file, without what is no data`() throws {
        let parts = folder("parts")
        let other = TemporaryFolder()
        for (name, text) in [
            ("b.txt", "bad plot\n"), ("a.csv", "text\ngood film\n"), ("_SUCCESS", ""),
            (".hidden.txt", "x\n"),
            ("notes.md", "no data"),
        ] { _ = other.file(name, text) }
        let run = run([other.path, "--output", "-"])
        #expect(run.status == 0, "\(run.notes)")
        #expect(
            try run.lines.map { try JSON(parsing: $0, from: "output")["text"] } == [
                "good film", "bad plot",
            ])
        let empty = self.run([folder.path + "/", "--output", parts + ".jsonl", "--long", "head"])
        #expect(empty.status == 66 && empty.notes.contains("without data files"), "\(empty.notes)")
    }

    @Test func `what a folder holds beside data is noted, and why it cannot be read`() {
        let data = TemporaryFolder()
        for name in ["a.txt", "b.md"] { _ = data.file(name, "good film\n") }
        let arguments = checkpoint.arguments(["label", data.path, "--output", "-"])
        let run = CommandRun(arguments)
        #expect(run.status == 0 && run.lines.count == 1)
        #expect(run.notes.contains("\(data.path): passed over 1 of 2"), "\(run.notes)")
        // Where only the three streams may be open no folder can be, whoever runs the test.
        let closed = CommandRun(arguments, under: "exec 0<&-; ulimit -n 3; exec \"$@\"")
        #expect(closed.status == 66)
        #expect(closed.notes.contains("\(data.path): found Too many"), "\(closed.notes)")
    }

    @Test(arguments: [1, 3, 7, 30])
    func `shards one behind the other are the whole`(count: Int) throws {
        let first = folder.file(
            "a.csv",
            "id,text\n" + (0..<11).map { "\($0),\(TinyCheckpoint.words[$0 % 10])\n" }.joined())
        let second = folder.file(
            "b.jsonl",
            (11..<20).map { "{\"id\": \($0), \"text\": \"bad\"}\n" }.joined() + "{\"text\": 1}\n")
        let whole = run([first, second, "--output", "-"]).output
        let parts = (1...count).map {
            run([first, second, "--output", "-", "--shard", "\($0)/\(count)"])
        }
        #expect(parts.allSatisfy { $0.status == 0 })
        #expect(parts.map(\.output).joined() == whole)
        let sizes = parts.map(\.lines.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }

    @Test(arguments: ["0/4", "5/4", "1/0", "1", "a/b", "-1/4", "1/4/2"])
    func `a shard beyond the last one is refused`(shard: String) {
        let path = folder.file("in.txt", "good film\n")
        let run = run([path, "--output", "-", "--shard=\(shard)"])
        #expect(run.status == 64 && run.output == "")
        #expect(run.notes.contains("from 1 to N"), "\(run.notes)")
        #expect(self.run(["-", "--output", "-", "--shard", "1/2"], input: "good").status == 64)
    }

    @Test func `columns are chosen`() throws {
        let path = folder.file("in.csv", "id,text\n1,good film\n")
        let run = run([path, "--output", "-", "--columns", "probabilities,label"])
        let row = try JSON(parsing: run.lines[0], from: "output")
        #expect(row.members?.map(\.key) == ["id", "text", "probabilities", "label"])
        let shares = try #require(row["probabilities"]?.members)
        #expect(shares.map(\.key) == ["negative", "positive"])
        #expect(abs(shares.compactMap { $0.value.double }.reduce(0, +) - 1) < 1e-6)
        let tagged = self.run([
            path, "--output", folder("out.ft"), "--output-format", "fasttext", "--columns", "score",
        ])
        #expect(tagged.status == 64 && tagged.notes.contains("a format with columns"))
        for wrong in ["", "label,label", "depth"] {
            let run = self.run([path, "--output", "-", "--columns", wrong])
            #expect(run.status == 64 && run.output == "", "\(wrong)")
        }
    }

    @Test(arguments: [("keep", 3), ("skip", 2)])
    func `bad rows stay or are left out, and are told`(choice: String, count: Int) throws {
        let path = folder.file(
            "in.jsonl", "{\"text\": \"good\"}\n{\"text\": 1}\n{\"text\": \"bad\"}\n")
        let run = run([path, "--output", "-", "--on-error", choice])
        #expect(run.status == 0)
        #expect(run.lines.count == count)
        #expect(run.notes.contains("in.jsonl:2") && run.notes.contains("1 bad"), "\(run.notes)")
    }

    @Test func `one bad row may end it all, with nothing written`() {
        let path = folder.file(
            "in.jsonl", "{\"text\": \"good\"}\n{\"text\": 1}\n{\"text\": \"bad\"}\n")
        let old = folder.file("out.jsonl", "old")
        let run = run([path, "--output", old, "--on-error", "fail", "--force"])
        #expect(run.status == 65)
        #expect(run.notes.contains("in.jsonl:2"))
        #expect(contents(old) == "old")
        #expect(
            !folder.names.contains { $0.hasPrefix(".") || $0.hasSuffix(".tmp") }, "\(folder.names)")
    }

    @Test func `several files are labelled as one`() {
        let first = folder.file("a.csv", "id,text\n1,good film\n")
        let second = folder.file("b.txt", "bad plot\n")
        let both = run([first, second, "--output", folder("out.csv")])
        #expect(both.status == 0, "\(both.notes)")
        let lines = contents(folder("out.csv")).split(separator: "\n")
        #expect(lines.count == 3 && lines[1].hasPrefix("1,good film,"))
        #expect(lines[2].hasPrefix(",bad plot,"))
        let missing = run([first, folder("none.csv"), "--output", folder("other.csv")])
        #expect(missing.status == 66 && !folder.names.contains("other.csv"))
    }

    /// Runs the command with a pipe as its standard input.
    private func run(_ arguments: [String], piping lines: [String]) -> CommandRun {
        let words = lines.map { "'\($0)'" }.joined(separator: " ")
        return CommandRun(
            checkpoint.arguments(["label"] + arguments),
            under: "printf '%s\\n' \(words) | \"$@\"")
    }

    @Test func `of a pipe no row is lost, whatever stands before it`() throws {
        let first = folder.file("first.txt", "good film\n")
        let arguments = ["/dev/stdin", "--format", "txt", "--output", "-"]
        for files in [[], [first], [first, first]] as [[String]] {
            let run = run(files + arguments, piping: TinyCheckpoint.words)
            #expect(run.status == 0, "\(run.notes)")
            let before = files.map { _ in "good film" }
            #expect(try texts(run) == before + TinyCheckpoint.words)
        }
        let unnamed = run([first, "/dev/stdin", "--output", "-"], piping: ["good"])
        #expect(unnamed.status == 64 && unnamed.output == "", "\(unnamed.notes)")
        #expect(unnamed.notes.contains("/dev/stdin: found no ending"), "\(unnamed.notes)")
    }

    @Test(arguments: ["-", "/dev/stdin"])
    func `what can be read once only is refused where it must be read again`(input: String) {
        let arguments = [input, "--format", "txt", "--output", folder("out.jsonl")]
        for (options, words) in [
            (["--shard", "1/1"], "--shard reads the rows twice"),
            (["--resume"], "--resume goes from files"),
        ] {
            let run = run(arguments + options, piping: TinyCheckpoint.words)
            #expect(run.status == 64, "\(run.notes)")
            #expect(run.notes.contains(words), "\(run.notes)")
            #expect(!folder.names.contains { $0.hasPrefix("out.jsonl") })
        }
    }

    @Test func `a row from a pipe is answered before the next one comes`() {
        let (pipe, output) = (folder("pipe"), folder("output"))
        mkfifo(pipe, 0o600)
        // Open for both, so that neither side waits and the command never sees the end.
        let writer = open(pipe, O_RDWR)
        defer { close(writer) }
        write(writer, "good film\n", 10)
        let process = CommandProcess(
            checkpoint.arguments(["label", pipe, "--format", "txt", "--output", "-"]),
            input: "/dev/null", output: output, notes: folder("notes"))
        #expect(eventually { contents(output).contains("good film") })
        process.send(SIGTERM)
        _ = process.wait()
    }

    @Test(arguments: [
        (
            "more.jsonl",
            """
            {"text": "good"}
            {"text": "bad", "id": 7}
            {"text": "fine", "id": 8}
            """, "id"
        ),
        ("more.csv", "text,topic\ngood,x\nfine,y\n", "topic"),
    ])
    func `a field that the output has no column for is told once, or ends the run`(
        name: String, text: String, field: String
    ) {
        let inputs = [folder.file("in.csv", "text\ngood film\n"), folder.file(name, text)]
        let arguments = inputs + ["--columns", "label", "--output"]
        let told = "\(name):2: found \"\(field)\", not written"
        let failed = self.run(arguments + [folder("failed.csv"), "--on-error", "fail"])
        #expect(failed.status == 65)
        #expect(failed.notes.contains(told), "\(failed.notes)")
        #expect(!folder.names.contains("failed.csv"))
        let kept = self.run(arguments + [folder("kept.csv")])
        #expect(kept.status == 0)
        #expect(kept.notes.contains(told), "\(kept.notes)")
        #expect(kept.notes.ranges(of: "not written").count == 1, "\(kept.notes)")
        let whole = self.run(arguments + [folder("whole.jsonl"), "--on-error", "fail"])
        #expect(whole.status == 0 && contents(folder("whole.jsonl")).contains("\"\(field)\": "))
    }

    @Test func `compressed files come out and go in, and rows before a cut are kept`() throws {
        let rows = (0..<20_000).map { "\($0),\(TinyCheckpoint.words[$0 % 10]) film" }
        let plain = folder.file("in.csv", (["id,text"] + rows).joined(separator: "\n"))
        for ending in ["gz", "zst"] {
            let packed = folder("packed.csv.\(ending)")
            #expect(run([plain, "--output", packed]).status == 0)
            #expect(run([packed, "--output", folder("again.\(ending).csv")]).status == 0)
            let again = contents(folder("again.\(ending).csv")).split(separator: "\n")
            #expect(again.count == 20_001)
            let bytes = try MappedFile(path: packed).withBytes { Array($0) }
            let cut = folder.file("cut.csv.\(ending)", Array(bytes[..<(bytes.count - 9)]))
            let damaged = run([cut, "--output", folder("cut.\(ending).csv")])
            #expect(damaged.status == 65, "\(damaged.notes)")
            #expect(damaged.notes.contains("cut.csv.\(ending):"), "\(damaged.notes)")
            let kept = contents(folder("cut.\(ending).csv")).split(separator: "\n")
            #expect(kept.count > 1 && kept.elementsEqual(again.prefix(kept.count)))
        }
    }

    /// A compressed file of these rows, of which the end is missing; all rows are before it.
    private func cut(_ name: String, _ rows: [String]) throws -> String {
        let plain = folder.file("plain.csv", "text\n" + rows.joined(separator: "\n") + "\n")
        let packed = folder("packed.csv.gz")
        #expect(run([plain, "--output", packed, "--force"]).status == 0)
        return folder.file(name, Array(try bytes(packed).dropLast(2)))
    }

    @Test func `what is behind a damaged file is labelled, and all damage is told`() throws {
        let (first, second) = (try cut("a.csv.gz", ["good"]), try cut("b.csv.gz", ["bad", "dull"]))
        let whole = folder.file("whole.txt", "fine\n")
        let run = run([first, second, whole, "--output", "-"])
        #expect(run.status == 65)
        #expect(try texts(run) == ["good", "bad", "dull", "fine"])
        #expect(run.notes.contains("\(first):3: found gzip data that end early"), "\(run.notes)")
        #expect(run.notes.contains("Error: \(second):4: found gzip"), "\(run.notes)")
    }

    @Test(arguments: [1, 3])
    func `every shard of a damaged file says so`(count: Int) throws {
        let files = [try cut("cut.csv.gz", ["good", "bad"]), folder.file("whole.txt", "fine\n")]
        let shards = (1...count).map {
            run(files + ["--output", "-", "--shard", "\($0)/\(count)"])
        }
        for shard in shards {
            #expect(shard.status == 65)
            #expect(shard.notes.contains("cut.csv.gz:4: found gzip"), "\(shard.notes)")
        }
        #expect(try shards.flatMap { try texts($0) } == ["good", "bad", "fine"])
    }

    @Test func `fastText's lines go in and come out`() {
        let input = folder.file("in.txt", "__label__x good film\nbad\tplot __label__y\n")
        let run = run([input, "--output", folder("out.ft")])
        #expect(run.status == 0, "\(run.notes)")
        let lines = contents(folder("out.ft")).split(separator: "\n").map(String.init)
        #expect(lines.count == 2)
        for (line, text) in zip(lines, ["good film", "bad plot"]) {
            #expect(line.hasPrefix("__label__") && line.hasSuffix(" " + text), "\(line)")
        }
    }

    @Test func `fastText's lines keep texts that are too long, without a label`() {
        let long = Array(repeating: "good", count: 30).joined(separator: " ")
        let input = folder.file("in.txt", "bad plot\n\(long)\n")
        let run = run([input, "--output", folder("out.ft"), "--long", "refuse"])
        #expect(run.status == 0 && run.notes.contains("1 bad"), "\(run.notes)")
        #expect(contents(folder("out.ft")).hasSuffix(" bad plot\n\(long)\n"))
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
        #expect(ids == (0..<500).map { "\($0)" } + ["ragged"] + (500..<1000).map { "\($0)" })
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
        #expect(labelled.lines.count == texts.count && classified.lines.count == texts.count)
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

    @Test func `a bad row keeps its own fields`() throws {
        let input = folder.file(
            "in.jsonl",
            """
            {"id": 1, "text": "good"}
            {"id": 2, "text": null}
            {"id": 3, "text": 5}
            """)
        let answers = try run([input, "--output", "-"]).lines.map {
            try JSON(parsing: $0, from: "output")
        }
        #expect(answers.map { $0["id"]?.int } == [1, 2, 3])
        #expect(answers.map { $0["label"] == .null } == [false, true, true])
        #expect(answers[2]["text"] == 5)
    }

    @Test func `a stream's first line that is no text does not stop it`() {
        let input = folder.file("in.txt", [0xE9, 0x0A] + Array("good film\n".utf8))
        let run = run([input, "--output", "-"])
        #expect(run.status == 0)
        #expect(run.lines.count == 2)
        #expect(run.lines.last?.contains("good film") == true)
    }

    @Test(arguments: [
        (["out.csv", "--json", "--output-format", "csv"], "--json"),
        (["out.txt"], ".tsv .csv .jsonl .fasttext, or --output-format"),
        (["out"], ".tsv .csv .jsonl .fasttext, or --output-format"),
    ])
    func `a format that cannot be meant is refused`(arguments: [String], fragment: String) {
        let input = folder.file("in.txt", "good film\n")
        let run = run([input, "--output", folder(arguments[0])] + arguments.dropFirst())
        #expect(run.status == 64)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(!folder.names.contains(arguments[0]))
    }

    @Test func `with a closed standard error the output is what it is otherwise`() {
        let input = folder.file("in.csv", "text,label\ngood film,1\nragged\n")
        let arguments = checkpoint.arguments(["label", input]) + ["--output"]
        #expect(CommandRun(arguments + [folder("open.csv")]).status == 0)
        let closed = CommandRun(
            arguments + [folder("closed.csv")], under: "exec \"$@\" 2>&-")
        #expect(closed.status == 0)
        #expect(contents(folder("closed.csv")) == contents(folder("open.csv")))
    }
}
