import Testing

@Suite struct BadUsageTests {
    static let cases: [([String], Int32, String)] = [
        ([], 0, "USAGE: offramp"),
        (["--help"], 0, "USAGE: offramp"),
        (["--version"], 0, "0.1.0"),
        (["tokenize", "--help"], 0, "--max-length"),
        (["nonsense"], 64, "nonsense"),
        (["tokenize", "--nonsense", "x"], 64, "Unknown option '--nonsense'"),
        (
            ["label", "-", "--output", "-", "--output-format", "txt"], 64,
            "expected one of tsv, csv, jsonl, fasttext"
        ),
        (["label", "--help"], 0, "standard input is read as plain"),
        (["tokenize", "--max-length", "2", "x"], 64, "whole number from 3"),
        (["tokenize", "--cased", "x"], 64, "--cased goes with --vocab"),
        (["tokenize", "--pair", "x"], 64, "--pair goes with one text"),
        (["tokenize", "--vocab", "/nowhere/vocab.txt", "x"], 66, "/nowhere/vocab.txt"),
        (["tokenize", "--checkpoint", "/nowhere", "x"], 66, "/nowhere"),
    ]

    @Test(arguments: cases)
    func `the exit status and the message say what is wrong`(
        arguments: [String], status: Int32, fragment: String
    ) {
        let run = CommandRun(arguments)
        #expect(run.status == status)
        #expect((run.output + run.notes).contains(fragment), "\(run.notes)")
    }

    static let modelCases: [([String], Int32, String)] = [
        (["classify", "--policy", "nonsense", "x"], 64, "one of full, depth, entropy"),
        (["classify", "--policy", "confidence:2", "x"], 64, "from 0 to 1"),
        (["classify", "--policy", "depth:7", "x"], 64, "one of 0, 1, 2"),
        (["classify", "--policy", "patience:9", "x"], 64, "a whole number from 1 to 2"),
        (["classify", "--policy", "full", "--speed", "fast", "x"], 64, "not both"),
        (["classify", "--speed", "quick", "x"], 64, "one of fast, accurate"),
        (["classify", "--method", "nonsense", "x"], 64, "one of offramp"),
        (["classify", "--precision", "float7", "x"], 64, "float32"),
        (["classify", "--threads", "0", "x"], 64, "whole number from 1"),
        (["classify", "--pair", "x"], 64, "--pair goes with one text"),
        (["classify", "--nonsense"], 64, "Unknown option"),
        (["classify", "-5 stars, awful"], 64, "A text that begins with a dash follows --."),
        (["label", "/nowhere.tsv", "--output", "-"], 66, "/nowhere.tsv"),
        (["label", "-", "--output", "out.txt"], 64, ".tsv .csv .jsonl"),
        (["label", "-", "--output", "out.xml"], 64, ".jsonl"),
        (["label", "-"], 64, "--output"),
        (["evaluate", "/nowhere.tsv"], 66, "/nowhere.tsv"),
        (["evaluate", "/nowhere.xml"], 64, ".jsonl"),
        (["benchmark", "/nowhere.tsv"], 66, "/nowhere.tsv"),
        (["benchmark", "-", "--rounds", "1"], 64, "whole number from 2"),
        (["benchmark", "-", "--batch-tokens", "0"], 64, "whole number from 1"),
    ]

    @Test(arguments: modelCases)
    func `a command with a checkpoint says what is wrong as well`(
        arguments: [String], status: Int32, fragment: String
    ) throws {
        let run = try TinyCheckpoint().run(arguments, input: "good film\n")
        #expect(run.status == status)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(run.output == "")
    }
}
