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

    @Argument(help: "Files of texts, labelled or not; - for standard input.")
    var data: [String]

    @Option(
        help: ArgumentHelp("How often all texts are answered in batches.", valueName: "n"),
        transform: WholeNumber.atLeast(2))
    var rounds = 10

    @Option(
        help: ArgumentHelp("The most tokens per batch.", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var batchTokens = Engine.defaultBatchTokens

    @Option(
        help: ArgumentHelp(
            "Also measure by how much a deadline such as 2ms is exceeded, and what one layer takes.",
            valueName: "time"),
        transform: TimeSpan.parsed)
    var deadline: Duration?

    @Flag(help: "Also measure how fast matrix products alone are.")
    var limit = false

    @OptionGroup(title: "Data options") var dataOptions: DataOptions
    @OptionGroup(title: "Model options") var model: ModelOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func run() throws {
        let classifier = try model.classifier(outputOptions.notes, batchTokens: batchTokens)
        let texts = try dataOptions.texts(data, outputOptions.notes)
        let throughput = try ThroughputFigures(
            classifier, texts, rounds: rounds, limit: limit ? ProductLimit(classifier) : nil)
        let latency = try LatencyFigures(texts) { _ = try classifier.classify([$0]) }
        let deadline = try deadline.map { try DeadlineFigures(classifier, texts, within: $0) }
        let report = BenchmarkReport(
            classifier: classifier, texts: texts.count, throughput: throughput, latency: latency,
            deadline: deadline)
        try outputOptions.write(outputOptions.text(report.report))
    }
}
