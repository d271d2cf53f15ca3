import OfframpTestSupport
import Testing

@Suite struct BadUsageTests {
    static let cases: [([String], Int32, String)] = [
        ([], 0, "USAGE: offramp"),
        (["--help"], 0, "USAGE: offramp"),
        (["--version"], 0, "0.1.0"),
        (["tokenize", "--help"], 0, "--max-length"),
        (["nonsense"], 64, "nonsense"),
        (["tokenize", "--nonsense", "x"], 64, "Unknown option '--nonsense'"),
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
}
