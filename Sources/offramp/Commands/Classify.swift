import ArgumentParser
import Offramp
import OfframpData
import OfframpFiles

/// Labels texts from the command line or from standard input.
struct Classify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Label texts.",
        discussion: """
            Texts are arguments, or else the lines of standard input. Each gives one line: its \
            label, the label's probability and how deep it went. A text that begins with a dash \
            follows --.
            """)

    @Argument(help: "The texts (default: the lines of standard input).")
    var texts: [String] = []

    @Option(help: "The second text of a pair; goes with one text.")
    var pair: String?

    @Flag(help: "Show what every exit thought and why the text left.")
    var explain = false

    @Flag(
        help: "Show the words that mattered: how much surer the answer is with each than without.")
    var why = false

    @OptionGroup(title: "Data options") var longTexts: LongTextOptions
    @OptionGroup(title: "Model options") var model: ModelOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func validate() throws {
        if pair != nil, texts.count != 1 { throw ValidationError("--pair goes with one text.") }
        if explain, case .windows = longTexts.long {
            throw ValidationError(
                "--explain shows one pass; with --long windows there are several.")
        }
    }

    func run() throws {
        let classifier = try model.classifier(outputOptions.notes)
            .with(longTexts: longTexts.long)
        var output = try OutputFile(path: "-", overwriting: false)
        if texts.isEmpty {
            try classifyLines(classifier, to: &output)
        } else {
            let rows = texts.enumerated().map { Row(line: $0 + 1, text: $1, pair: pair) }
            try write(rows.map { .success($0) }, classifier, to: &output)
        }
        try output.commit()
    }

    private func classifyLines(_ classifier: Classifier, to output: inout OutputFile) throws {
        if Notes.isReadingTerminal { outputOptions.notes.note("Reading one text per line.") }
        var chunks = RowChunks(
            try RowFiles(["-"], ReadingOptions(format: .text)), isStream: true)
        while let chunk = try chunks.next() {
            for note in chunks.takeNotes() { outputOptions.notes.note(note) }
            try write(chunk, classifier, to: &output)
            try output.flush()
        }
        if let damage = chunks.damage {
            try output.flush()
            throw damage
        }
    }

    private func write(
        _ chunk: [Result<Row, BadRow>], _ classifier: Classifier, to output: inout OutputFile
    ) throws {
        let printer = AnswerPrinter(
            isJSON: outputOptions.json, labels: classifier.labels,
            layerCount: classifier.model.layerCount)
        var truncated = 0
        for result in try classifier.answered(chunk, telling: Telling(exits: explain, words: why)) {
            switch result {
            case .failure(let row): outputOptions.notes.note("\(row.error)")
            case .success(let answered) where answered.answer.isTruncated: truncated += 1
            case .success: break
            }
            try output.write(printer.text(result))
        }
        if truncated > 0 { outputOptions.notes.note(note(truncated: truncated)) }
    }

    private func note(truncated: Int) -> String {
        let count = "texts that were cut: \(truncated.grouped)"
        // In windows only pairs are cut, where both texts are long.
        if case .windows = longTexts.long { return count }
        return count + "; --long windows reads all of them"
    }
}
