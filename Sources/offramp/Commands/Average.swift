import ArgumentParser
import OfframpData
import OfframpEngine
import OfframpFiles
import OfframpTensor
import OfframpTraining

/// Averages the weights of several trained checkpoints.
struct Average: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Average the weights of checkpoints fine-tuned from one backbone.",
        discussion: """
            Fine-tunings of one backbone with other seeds or settings, trained jointly with their \
            heads, often answer better as the mean of their weights, which costs no more than one \
            of them ("model soups", Wortsman et al. 2022). Labels, vocabulary and configuration are \
            the first one's. The operating points are chosen again, on rows held out of --train by \
            the seed that held them out in training, or on --dev without --hold-out.
            """)

    @Argument(help: ArgumentHelp("Two checkpoints or more.", valueName: "dir"))
    var folders: [String]

    @Option(help: ArgumentHelp("The labelled file that they learned from.", valueName: "file"))
    var train: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The heads to average.",
            valueName: Method.catalog.filter { !$0.learnsEnsemble }.map(\.name)
                .joined(separator: "|")))
    var method = "offramp"

    @Option(help: ArgumentHelp("How weights are stored.", valueName: "type"))
    var store: StorageOption = .float32

    @Option(help: ArgumentHelp("The seed of the rows held out.", valueName: "n"))
    var seed = TrainingSettings().seed

    @Option(
        help: ArgumentHelp("Worker threads (default: one for each processor).", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var threads: Int?

    @Flag(help: "Replace the output folder if it is a checkpoint.")
    var force = false

    @OptionGroup var choosing: ChoosingOptions
    @OptionGroup(title: "Data options") var data: DataOptions

    @Flag(help: "Write no notes to standard error.")
    var quiet = false

    func validate() throws {
        if folders.count < 2 { throw ValidationError("One checkpoint is its own average.") }
    }

    func run() throws {
        let sources = try folders.map { try Checkpoint($0) }
        let method = try Method.named(method)
        let destination = try OutputFolder(
            path: output, from: sources.map(\.folder), overwriting: force)
        let data = try TrainingData(
            train, choosing, data, seed: seed, kind: sources[0].task?.targetKind(), note: note)
        var job = AveragingJob(sources: sources, method: method, chosenOn: data.choosing)
        job.workers = workers
        job.storage = store.type
        let report = try job.run(
            CheckpointWriter(destination.temporaryPath, overwriting: false))
        try TrainingReport.write(
            report.settings, in: destination.temporaryPath, on: data, workers: workers)
        try destination.commit()
        note("wrote \(output)")
    }

    private var workers: Workers { threads.map { Workers(count: $0) } ?? .all }

    private func note(_ line: String) {
        if !quiet { Notes.write(line) }
    }
}
