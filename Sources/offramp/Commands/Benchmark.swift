import ArgumentParser
import Offramp
import OfframpData
import OfframpEngine
import OfframpFiles

/// Measures how fast a checkpoint answers.
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure throughput and latency.",
        discussion: """
            After a warm-up, all texts are answered in batches several times over, and then one at a \
            time, tokenizing included. All figures have 95 % confidence intervals. --limit adds how \
            fast matrix products alone run on this machine, and what share of their \
            multiply-adds per second the texts reach.
            """)

    @Argument(help: "A file of texts, labelled or not; - for standard input.")
    var data: String

    @Option(
        help: ArgumentHelp("How often all texts are answered in batches.", valueName: "n"),
        transform: WholeNumber.atLeast(2))
    var rounds = 10

    @Option(
        help: ArgumentHelp("The most tokens per batch.", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var batchTokens = Engine.defaultBatchTokens

    @Flag(help: "Also measure how fast matrix products alone are.")
    var limit = false

    @OptionGroup(title: "Data options") var dataOptions: DataOptions
    @OptionGroup(title: "Model options") var model: ModelOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func run() throws {
        let classifier = try model.classifier(batchTokens: batchTokens)
        let texts = try readTexts()
        let throughput = try ThroughputFigures(
            classifier, texts, rounds: rounds, limit: limit ? ProductLimit(classifier) : nil)
        let latency = try LatencyFigures(classifier, texts)
        let report = BenchmarkReport(
            classifier: classifier, texts: texts.count, throughput: throughput, latency: latency)
        try outputOptions.write(outputOptions.text(report.report))
    }

    private func readTexts() throws -> [TextInput] {
        var reader = try RowReader(
            path: data, format: dataOptions.format, columns: dataOptions.columns())
        var texts: [TextInput] = []
        while let row = try reader.next() {
            switch row {
            case .success(let row): texts.append(TextInput(row.text, pair: row.pair))
            case .failure(let error): outputOptions.notes.note("\(error)")
            }
        }
        guard !texts.isEmpty else {
            throw OfframpError(.data, at: data, found: "no texts", expected: "at least one")
        }
        return texts
    }
}
