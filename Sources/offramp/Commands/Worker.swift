import ArgumentParser
import Offramp
import OfframpData
import OfframpFiles

/// Answers the requests of another program.
struct Worker: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Answer another program, which writes requests to standard input and reads standard output.",
        discussion: """
            Both sides write one JSON object a line. The first line says who answers: version, protocol, \
            fingerprint, task, labels, policy, precision. A request is {"id": 1, "texts": ["...", "..."]}, \
            with "pairs" beside the texts for their second texts; id is any value. Its answer is \
            {"id": 1, "answers": [{"label": "...", "score": 0.9, "exit": 2, "truncated": false}, ...]}, in the \
            order of requests and of texts. A text that cannot be labelled has "error" in its answer, and a \
            request that cannot be read has "error" instead of answers; both end nothing. The end of the input \
            ends the worker.
            """)

    @Option(
        help: ArgumentHelp(
            "End with 65 at once unless the fingerprint, of version, checkpoint and options, is this one.",
            valueName: "fingerprint"))
    var expect: String?

    @Option(
        help: ArgumentHelp(
            "What an answer says, with commas between (default: all but the probabilities).",
            valueName: AddedColumns.names),
        transform: AddedColumns.parsed)
    var columns: [AddedColumn] = AddedColumn.usual

    @OptionGroup(title: "Data options") var longTexts: LongTextOptions
    @OptionGroup(title: "Model options") var model: ModelOptions
    @OptionGroup(title: "Output options") var notes: NoteOptions

    func run() throws {
        let classifier = try model.classifier(notes).with(longTexts: longTexts.long)
        let greeting = try WorkerGreeting(classifier)
        if let expect, expect != greeting.fingerprint {
            throw OfframpError(
                .data, at: "fingerprint", found: greeting.fingerprint,
                expected: "\(expect): another version, checkpoint or option")
        }
        var output = try OutputFile(path: "-", overwriting: false)
        func send(_ object: JSON, to output: inout OutputFile) throws {
            try output.write(object.text() + "\n")
            try output.flush()
        }
        try send(greeting.json, to: &output)
        let answering = WorkerAnswering(
            cascade: try ClassifierCascade([classifier]), columns: columns)
        var lines = try LineReader(path: "-")
        while let line = try lines.next() {
            try send(try answering.answer(line), to: &output)
        }
        try output.commit()
    }
}
