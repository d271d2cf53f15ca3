import OfframpFiles
import TestFiles
import Testing

@Suite struct WorkerTests {
    private let checkpoint: TinyCheckpoint

    init() throws { checkpoint = try TinyCheckpoint() }

    /// The lines that a worker writes when it reads some.
    private func lines(_ requests: [String], _ arguments: [String] = []) throws -> [JSON] {
        let run = CommandRun(
            checkpoint.arguments(["worker"] + arguments), input: requests.joined(separator: "\n"))
        #expect(run.status == 0, "\(run.notes)")
        return try run.lines.map { try JSON(parsing: $0, from: "output") }
    }

    @Test func `it says who answers, then answers in order as label does`() throws {
        let lines = try lines([
            #"{"id": 1, "texts": ["good film", "bad film"]}"#, #"{"id": {"a": 2}, "texts": []}"#,
        ])
        #expect(lines[0]["protocol"]?.int == 1)
        #expect(lines[0]["labels"] == ["negative", "positive"])
        #expect(lines[1]["id"] == 1)
        #expect(lines[2] == ["id": ["a": 2], "answers": []])
        let folder = TemporaryFolder()
        let file = folder.file("texts.txt", "good film\nbad film\n")
        let labelled = checkpoint.run(["label", file, "--output", "-"])
        let expected = try labelled.lines.map { try JSON(parsing: $0, from: "label") }
        let answers = try #require(lines[1]["answers"]?.elements)
        #expect(answers.count == expected.count)
        for (answer, row) in zip(answers, expected) {
            for key in ["label", "score", "exit", "truncated"] { #expect(answer[key] == row[key]) }
        }
    }

    @Test func `a pair is read as a pair`() throws {
        let pair = try lines([#"{"id": 1, "texts": ["good"], "pairs": ["film"]}"#])[1]["answers"]
        let run = checkpoint.run(["classify", "good", "--pair", "film", "--json"])
        let expected = try JSON(parsing: run.output, from: "classify")
        #expect(pair?.elements?.first?["score"] == expected["score"])
    }

    @Test(arguments: [
        (#"{"id": 7, "texts": 3}"#, "request 1: texts: found 3, expected an array"),
        (#"{"id": 7, "text": "good"}"#, "request 1"),
        (#"{"id": 7, "texts": ["a", "b"], "pairs": ["c"]}"#, "found 1 texts, expected 2"),
        ("hello", "request 1"), ("", "request 1"),
    ])
    func `a request that cannot be read gets an error and ends nothing`(
        request: String, error: String
    ) throws {
        let lines = try lines([request, #"{"id": 8, "texts": ["good"]}"#])
        #expect(lines[1]["error"]?.string?.contains(error) == true, "\(lines[1].text())")
        #expect(lines[1]["id"] == (request.hasPrefix("{") ? 7 : .null))
        #expect(lines[2]["id"] == 8)
        #expect(lines[2]["answers"]?.elements?.count == 1)
    }

    @Test func `a text that cannot be labelled gets an error of its own`() throws {
        let long = String(repeating: "good ", count: 600)
        let lines = try lines(
            [#"{"id": 1, "texts": ["good", null, "\#(long)"]}"#],
            ["--long", "refuse", "--columns", "label"])
        let answers = try #require(lines[1]["answers"]?.elements)
        #expect(answers[0].members?.map(\.key) == ["label"])
        #expect(answers[1] == ["error": "text 2: found null, expected a text"])
        #expect(answers[2]["error"]?.string?.hasPrefix("text 3: found 602 tokens") == true)
    }

    @Test func `another version, checkpoint or option is refused`() throws {
        let fingerprint = try #require(try lines([])[0]["fingerprint"]?.string)
        #expect(try lines([], ["--expect", fingerprint]).count == 1)
        let other = CommandRun(
            checkpoint.arguments(["worker", "--expect", fingerprint, "--policy", "full"]))
        #expect(other.status == 65 && other.output.isEmpty)
        #expect(other.notes.contains("expected \(fingerprint)"), "\(other.notes)")
    }
}
