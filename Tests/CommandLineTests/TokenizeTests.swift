import Glibc
import TestFiles
import Testing

@Suite struct TokenizeTests {
    private let folder = TemporaryFolder()
    private let vocabulary: String

    init() {
        let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "B", "é"]
        vocabulary = folder.file("vocab.txt", pieces.joined(separator: "\n"))
    }

    @Test(arguments: [
        (["a abb"], "[CLS] a a ##b ##b [SEP]\n"),
        (["--ids", "a abb"], "2 5 5 7 7 3\n"),
        (["--ids", "B é"], "2 6 1 3\n"),
        (["--ids", "--cased", "B é"], "2 8 9 3\n"),
        (["--ids", "a", "b"], "2 5 3\n2 6 3\n"),
        (["--ids", "a", "--pair", "b"], "2 5 3 6 3\n"),
        (["--ids", "--max-length", "4", "a b a b"], "2 5 6 3\n"),
        (["--ids", "--", "-a"], "2 1 5 3\n"),
    ])
    func `texts are cut into pieces`(arguments: [String], output: String) {
        let run = CommandRun(["tokenize", "--vocab", vocabulary] + arguments)
        #expect(run.output == output)
        #expect(run.status == 0)
    }

    @Test(arguments: [
        ("a\nb\n", "2 5 3\n2 6 3\n"), ("a\nb", "2 5 3\n2 6 3\n"), ("a\r\nb\r\n", "2 5 3\n2 6 3\n"),
        ("a\n\nb\n", "2 5 3\n2 3\n2 6 3\n"), ("\n", "2 3\n"), ("", ""), ("\u{FEFF}a\n", "2 5 3\n"),
    ])
    func `each line of standard input gives a line`(input: String, output: String) {
        let run = CommandRun(["tokenize", "--ids", "--vocab", vocabulary], input: input)
        #expect(run.output == output)
        #expect(run.status == 0)
    }

    @Test(arguments: ["a\n", "\n"])
    func `a first line that is shorter than a byte-order mark is answered at once`(
        line: String
    ) {
        let (pipe, output) = (folder("pipe"), folder("output"))
        mkfifo(pipe, 0o600)
        // Open for both, so that neither side waits and the command never sees the end.
        let writer = open(pipe, O_RDWR)
        defer { close(writer) }
        write(writer, line, line.utf8.count)
        let process = CommandProcess(
            ["tokenize", "--ids", "--vocab", vocabulary], input: pipe, output: output,
            notes: folder("notes"))
        #expect(eventually { contents(output).hasSuffix("3\n") })
        process.send(SIGTERM)
        _ = process.wait()
    }

    /// MPNet's tokenizer puts four special tokens around two texts.
    @Test func `a length without room for the special tokens is refused`() throws {
        mkdir(folder("mpnet"), 0o755)
        for name in ["config.json", "model.safetensors"] {
            _ = folder.file("mpnet/\(name)", try bytes(Fixture.path("families/mpnet/\(name)")))
        }
        _ = folder.file("mpnet/vocab.txt", "<s>\n<pad>\n</s>\n[UNK]\na\nb\n")
        func run(_ more: [String]) -> CommandRun {
            CommandRun(["tokenize", "--ids", "--checkpoint", folder("mpnet"), "a"] + more)
        }
        let shortest = run(["--pair", "b", "--max-length", "4"])
        #expect(shortest.status == 0 && shortest.output == "0 2 2 2\n", "\(shortest.notes)")
        let refused = run(["--max-length", "3"])
        #expect(refused.status == 64 && refused.output == "")
        #expect(
            refused.notes.contains("--max-length: found 3, expected at least 4"),
            "\(refused.notes)")
        _ = folder.file("mpnet/tokenizer_config.json", #"{"model_max_length": 3}"#)
        let short = run([])
        #expect(short.status == 65)
        #expect(short.notes.contains("model_max_length: found 3, expected"), "\(short.notes)")
    }

    @Test func `a checkpoint's texts are cut where its model would cut them`() throws {
        let checkpoint = try TinyCheckpoint()
        let words = Array(repeating: "film", count: 100).joined(separator: " ")
        let run = checkpoint.run(["tokenize", "--ids", words])
        #expect(run.output.split(separator: " ").count == 16)
    }
}
