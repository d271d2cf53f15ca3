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

    @Flag(help: "Show the answer at every exit and why the text left.")
    var explain = false

    @Flag(
        help: "Show the words that mattered: how much surer the answer is with each than without.")
    var why = false

    @Flag(help: "Show the answer of every exit as soon as it is there.")
    var anytime = false

    @Option(
        help: ArgumentHelp(
            "Answer each text when so much time is up, such as 2ms, by the deepest exit that was reached (default: "
                + "when the policy is sure).",
            valueName: "time"),
        transform: TimeSpan.parsed)
    var deadline: Duration?

    @Flag(
        help: ArgumentHelp(
            "With --anytime or --deadline: answer with the exits so far together, ever surer."))
    var monotone = false

    @OptionGroup(title: "Data options") var longTexts: LongTextOptions
    @OptionGroup(title: "Model options") var models: CascadeOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func validate() throws {
        try models.refuse([
            "--explain": explain, "--why": why, "--anytime": anytime,
            "--deadline": deadline != nil,
        ])
        if pair != nil, texts.count != 1 { throw ValidationError("--pair goes with one text.") }
        if explain || anytime || deadline != nil, case .windows = longTexts.long {
            throw ValidationError(
                "--explain, --anytime and --deadline show one pass; with --long windows there are several."
            )
        }
        if anytime || deadline != nil, explain || why || (anytime && deadline != nil) {
            throw ValidationError(
                "Only one of --anytime and --deadline, without --explain and --why.")
        }
        if monotone, !anytime, deadline == nil {
            throw ValidationError("--monotone goes with --anytime or --deadline.")
        }
    }

    func run() throws {
        let cascade = try models.classifiers(outputOptions.notes)
            .with(longTexts: longTexts.long)
        var output = try OutputFile(path: "-", overwriting: false)
        if texts.isEmpty {
            try classifyLines(cascade, to: &output)
        } else {
            let rows = texts.enumerated().map { Row(line: $0 + 1, text: $1, pair: pair) }
            try write(rows.map { .success($0) }, cascade, to: &output)
        }
        try output.commit()
    }

    private func classifyLines(
        _ cascade: ClassifierCascade, to output: inout OutputFile
    ) throws {
        if Notes.isReadingTerminal { outputOptions.notes.note("Reading one text per line.") }
        var chunks = RowChunks(
            try RowFiles(["-"], ReadingOptions(format: .text)), isStream: true)
        while let chunk = try chunks.next() {
            for note in chunks.takeNotes() { outputOptions.notes.note(note) }
            try write(chunk, cascade, to: &output)
            try output.flush()
        }
        if let damage = chunks.damage.first {
            try output.flush()
            throw damage
        }
    }

    private func write(
        _ chunk: [Result<Row, BadRow>], _ cascade: ClassifierCascade, to output: inout OutputFile
    ) throws {
        let printer = AnswerPrinter(isJSON: outputOptions.json, cascade: cascade)
        var truncated = 0
        try answer(chunk, cascade) { result in
            switch result {
            case .failure(let row): outputOptions.notes.note("\(row.error)")
            case .success(let answered) where answered.answer.isTruncated: truncated += 1
            case .success: break
            }
            try output.write(printer.text(result))
            if anytime { try output.flush() }
        }
        if truncated > 0 { outputOptions.notes.note(note(truncated: truncated)) }
    }

    /// Hands on the answers to a chunk: one for each row, or one from each exit that it reaches.
    private func answer(
        _ chunk: [Result<Row, BadRow>], _ cascade: ClassifierCascade,
        _ handOn: (Result<AnsweredRow, BadRow>) throws -> Void
    ) throws {
        guard anytime || deadline != nil else {
            let telling = Telling(exits: explain, words: why)
            return try cascade.answered(chunk, telling: telling).forEach(handOn)
        }
        let classifier = cascade.classifiers[0]
        for result in try cascade.refusingLong(chunk) {
            switch result {
            case .failure(let row): try handOn(.failure(row))
            case .success(let row):
                let input = TextInput(row.text, pair: row.pair)
                func tell(_ answer: Classification) throws {
                    try handOn(.success(AnsweredRow(row: row, answer: answer)))
                }
                if let deadline {
                    try tell(classifier.classify(input, within: deadline, isMonotone: monotone))
                    continue
                }
                var run = try AnytimeText(classifier, input, isMonotone: monotone)
                while let answer = run.next() { try tell(answer) }
            }
        }
    }

    private func note(truncated: Int) -> String {
        let count = "texts that were cut: \(truncated.grouped)"
        // In windows only pairs are cut, where both texts are long.
        if case .windows = longTexts.long { return count }
        return count + "; --long windows reads all of them"
    }
}
