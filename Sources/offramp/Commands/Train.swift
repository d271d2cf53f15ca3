import ArgumentParser
import OfframpEngine
import OfframpFiles
import OfframpTraining

/// Trains a backbone's exits and writes a checkpoint.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train exits, with the backbone or on top of it.",
        discussion: """
            The best epoch and the operating points are chosen on rows held out of the training \
            file, or on --dev without --hold-out. What --dev says of the result is written beside \
            the weights.
            """)

    @Argument(help: "The labelled file to learn from.")
    var train: String

    @Option(help: ArgumentHelp("A labelled file to report on.", valueName: "file"))
    var dev: String?

    @Option(
        help: ArgumentHelp(
            "The checkpoint or Hugging Face BERT folder to start from.", valueName: "dir"))
    var backbone: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The labels' names in the order of their numbers (default: as the file has them).",
            valueName: "name,name,..."))
    var labels: String?

    @Option(
        help: ArgumentHelp(
            "The share of the training rows to choose by (default: 0.05 without --dev, else 0).",
            valueName: "share"))
    var holdOut: Double?

    @Option(help: ArgumentHelp("How weights are stored.", valueName: "type"))
    var store: StorageOption = .float32

    @Flag(help: "Go on where an interrupted run of the same settings stopped.")
    var resume = false

    @Flag(
        help: """
            Replace what the output folder holds of this method. Heads of other methods there need \
            their backbone: beside them only frozen training is allowed.
            """)
    var force = false

    @OptionGroup(title: "Training options") var training: TrainingOptions
    @OptionGroup(title: "Data options") var data: DataOptions

    @Flag(help: "Write no notes and no progress to standard error.")
    var quiet = false

    func validate() throws {
        if let holdOut, !(0..<1).contains(holdOut) {
            throw ValidationError("--hold-out is a share from 0 to below 1.")
        }
        if holdOut == 0, dev == nil {
            throw ValidationError("Without --dev some rows must be held out to choose by.")
        }
    }

    func run() throws {
        let source = try Checkpoint(backbone)
        let data = try TrainingData(self, from: source)
        let progress = TrainingProgress(ModelTask(data.train.kind).metric, isQuiet: quiet)
        let report = try job(source, data).run(
            output: output, overwriting: force, resuming: resume
        ) { progress($0) }
        try measure(report.settings, data)
        note("wrote \(output)")
    }

    private func job(_ source: Checkpoint, _ data: TrainingData) throws -> TrainingJob {
        try training.depths?.check(against: source)
        var job = TrainingJob(
            source: source, method: try Method.named(training.method),
            settings: training.settings, train: data.train, chosenOn: data.choosing)
        job.depths = training.depths?.numbers
        job.teachers = try training.teacher.map { try Checkpoint($0) }
        job.workers = training.workers
        job.storage = store.type
        job.maximumLength = training.maxLength.map { min($0, source.configuration.positions) }
        return job
    }

    /// Adds to the checkpoint what it reaches, the weights as they are stored.
    private func measure(_ settings: ExitSettings, _ data: TrainingData) throws {
        let classifier = try Classifier(
            Checkpoint(output), settings, policy: settings.policy, workers: training.workers)
        let sets = [("dev", data.reporting), ("chosen_on", data.choosing)]
        var settings = settings
        settings.results = .object(
            try sets.compactMap { name, rows in
                try rows.map { .init(name, try TrainingReport(classifier, on: $0).json) }
            })
        try CheckpointWriter(output, overwriting: true).write(settings)
    }

    /// Tells something that is not data.
    func note(_ line: @autoclosure () -> String) {
        if !quiet { Notes.write(line()) }
    }
}
