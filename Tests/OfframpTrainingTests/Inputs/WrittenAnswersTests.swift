import Glibc
import OfframpData
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import OfframpTraining
import TestFiles
import Testing

@Suite struct WrittenAnswersTests {
    private let folder = TemporaryFolder()

    private func logits(
        _ content: String, _ texts: [TextInput], _ task: ModelTask, file: String = "answers.jsonl"
    ) throws -> [Float] {
        let teacher = try WrittenAnswers(
            folder.file(file, content), task: task)
        try teacher.check(texts, for: task)
        return try teacher.logits(of: texts, task: task, workers: .all).values
    }

    private static let sentiment = ModelTask.classification(["no", "yes"])

    @Test(arguments: [
        (
            "answers.jsonl",
            """
            {"text": "b", "probabilities": {"yes": 0.25, "no": 0.75}}
            {"text": "a", "probabilities": {"no": 0.5, "yes": 0.5}}
            {"text": "b", "probabilities": {"no": 0, "yes": 1}}

            """
        ),
        (
            "answers.tsv",
            """
            text	label	probabilities
            b	no	{"yes": 0.25, "no": 0.75}
            a	yes	{"no": 0.5, "yes": 0.5}

            """
        ),
    ])
    func `are found by their texts, and labels by their names`(file: String, content: String) throws
    {
        let found = try logits(content, ["a", "b", "a"], Self.sentiment, file: file)
        let expected: [Float] = [0.5, 0.5, 0.75, 0.25, 0.5, 0.5].map { log($0) }
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
    }

    @Test func `of several labels are odds of their own, finite for certain ones`() throws {
        let found = try logits(
            #"{"text": "a", "probabilities": {"x": 0.75, "y": 0, "z": 1}}"#, ["a"],
            ModelTask(.multiLabel, labelNames: ["x", "y", "z"]))
        #expect(abs(found[0] - log(3)) < 1e-6)
        #expect(found[1] < -80 && found[1].isFinite && found[2] > 80 && found[2].isFinite)
    }

    @Test func `of a regression are the model's numbers, not those of the data`() throws {
        let found = try logits(
            "text\tinput_label\tlabel\na\t1\t2.5\n", ["a"], .regression, file: "answers.tsv")
        #expect(found == [2.5])
    }

    @Test func `know a pair by both of its texts`() throws {
        let rows = """
            {"sentence1": "a", "sentence2": "b", "probabilities": {"no": 1, "yes": 0}}
            {"sentence1": "a", "sentence2": "c", "probabilities": {"no": 0, "yes": 1}}
            """
        let found = try logits(rows, [TextInput("a", pair: "c")], Self.sentiment)
        #expect(found[1] > found[0])
    }

    @Test(arguments: [
        #"{"text": "a", "probabilities": {"no": 1}}"#,
        #"{"text": "a", "probabilities": {"no": 1.5, "yes": 0}}"#,
        #"{"text": "a", "probabilities": null}"#,
        #"{"text": "a", "label": "yes"}"#,
    ])
    func `of other labels, or none, are refused with their line`(row: String) throws {
        let good = #"{"text": "b", "probabilities": {"no": 1, "yes": 0}}"#
        let error = failure { _ = try logits(good + "\n" + row, ["b"], Self.sentiment) }
        #expect(error?.kind == .data && error?.place.contains("answers.jsonl:2") == true)
        #expect(error?.expected.contains("no, yes") == true)
    }

    @Test func `must be there for every text`() throws {
        let good = #"{"text": "b", "probabilities": {"no": 1, "yes": 0}}"#
        let error = failure { _ = try logits(good, ["b", "other"], Self.sentiment) }
        #expect(error?.kind == .data && error?.found.contains("other") == true)
    }
}
