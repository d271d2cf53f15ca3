import ArgumentParser
import OfframpData
import OfframpEngine
import OfframpExit
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
            the first one's. The operating points are chosen again, on rows that train held out too: \
            give --hold-out the smallest of their shares. Without it they are chosen on --dev.
            """)

    @Argument(help: ArgumentHelp("Two checkpoints or more.", valueName: "dir"))
    var folders: [String]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The labelled files that they learned from.", valueName: "file"))
    var train: [String]

    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The heads to average.",
            valueName: Method.catalog.map(\.name).joined(separator: "|")))
    var method = "offramp"

    @Option(
        help: ArgumentHelp(
            "How weights are stored (default: float32).", valueName: StorageType.choices),
        transform: StorageType.named)
    var store = ElementType.float32

    @OptionGroup var threads: ThreadOptions

    @Flag(help: "Replace the output folder if it is a checkpoint, with its card and all its heads.")
    var force = false

    @OptionGroup var choosing: ChoosingOptions
    @OptionGroup(title: "Data options") var data: LabelledDataOptions

    @OptionGroup var notes: NoteOptions

    func validate() throws {
        if folders.count < 2 { throw ValidationError("One checkpoint is its own average.") }
    }

    func run() throws {
        let sources = try folders.map(notes.checkpoint)
        var job = try AveragingJob(sources: sources, method: Method.named(method))
        job.workers = threads.workers
        job.storage = store
        job.metric = choosing.metric
        let destination = try OutputFolder(
            path: output, from: sources.map(\.folder), overwriting: force)
        let rows = try choosing.rows(
            train, data, KnownLabels(sources[0].task?.targetKind()), notes)
        try job.check(heldOut: rows.heldOut)
        let writer = try CheckpointWriter(destination.temporaryPath, overwriting: false)
        let report = try job.run(writer, rows)
        try destination.commit()
        for line in try TrainingSummary(
            rows, ModelTask(rows.validation.kind).rules.metric(choosing.metric)
        ).closing(report) { notes.note(line) }
        notes.note("wrote \(output)")
    }
}
