import ArgumentParser
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import OfframpTraining

extension TargetKind.Name: ExpressibleByArgument {}

/// Trains a backbone's exits and writes a checkpoint.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train exits, with the backbone or on top of it.",
        discussion: """
            The epoch to keep and the operating points are chosen on rows held out of the training \
            file, or on --dev without --hold-out. What --dev says of the result is written beside \
            the weights.
            """)

    @Argument(help: "The labelled files to learn from.")
    var train: [String]

    @Option(
        help: ArgumentHelp(
            "The checkpoint or Hugging Face BERT folder to start from.", valueName: "dir"))
    var backbone: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The labels' names in the order of their numbers (default: as a trained --backbone, "
                + "or else the file, has them).",
            valueName: "name,name,..."))
    var labels: String?

    @Option(
        help: ArgumentHelp(
            "What the labels are (default: what they look like; numbers with fractions are a regression, "
                + "unless a few of them come again and again).",
            valueName: TargetKind.Name.allCases.map(\.rawValue).joined(separator: "|")))
    var task: TargetKind.Name?

    @Option(
        help: ArgumentHelp(
            "How weights are stored (default: float32).", valueName: StorageType.choices),
        transform: StorageType.named)
    var store = ElementType.float32

    @Flag(help: "Continue an interrupted run of the same settings.")
    var resume = false

    @Flag(
        help: """
            Replace what the output folder holds of this method. Heads of other methods there need \
            their backbone: beside them only frozen training is allowed.
            """)
    var force = false

    @OptionGroup var choosing: ChoosingOptions
    @OptionGroup(title: "Training options") var training: TrainingOptions
    @OptionGroup(title: "Data options") var data: LabelledDataOptions

    @OptionGroup var notes: NoteOptions

    func run() throws {
        let source = try notes.checkpoint(backbone)
        let rows = try choosing.rows(train, data, knownLabels(source), notes)
        try checkTask(rows.train.kind)
        let metric = try ModelTask(rows.train.kind).rules.metric(choosing.metric)
        let summary = TrainingSummary(rows, metric)
        for line in summary.opening { notes.note(line) }
        let progress = TrainingProgress(metric, isQuiet: notes.quiet)
        let report = try job(source, rows).run(
            output: output, overwriting: force, resuming: resume
        ) { progress.show($0) }
        for line in summary.closing(report) { notes.note(line) }
        notes.note("wrote \(output)")
    }

    /// What is known of the labels: the names that were asked for, or those of a trained checkpoint.
    private func knownLabels(_ source: Checkpoint) throws -> KnownLabels {
        if let labels { return .names(try LabelSet(list: labels)) }
        if !source.folder.methods.isEmpty, let task = source.task {
            return .model(try task.targetKind())
        }
        return task.map(KnownLabels.task) ?? .none
    }

    private func checkTask(_ found: TargetKind) throws {
        guard let task, task != found.name else { return }
        throw OfframpError(
            .usage, at: "--task \(task.rawValue)",
            found: labels == nil
                ? "a --backbone trained for \(found.name.rawValue)"
                : "--labels with \(found.name.rawValue)",
            expected: "no --task, or \(found.name.rawValue)")
    }

    /// The texts of a file whose labels, if it has any, do not matter.
    private func unlabelledTexts(_ path: String) throws -> [TextInput] {
        var files = try unlabelledRows(path)
        var texts: [TextInput] = []
        while let row = try files.next() {
            let row = try row.mapError(\.error).get()
            texts.append(TextInput(row.text, pair: row.pair))
        }
        for note in files.takeNotes() { notes.note(note) }
        return texts
    }

    /// The rows of such a file.
    ///
    /// Its columns are those of the training file, or else go by their own names; but a pipe cannot be read again.
    private func unlabelledRows(_ path: String) throws -> RowFiles {
        let options = try data.file.reading().withoutLabels
        do {
            return try RowFiles([path], options)
        } catch {
            guard !RowFiles.isStream(path) else { throw error }
            return try RowFiles([path], ReadingOptions())
        }
    }

    /// A checkpoint's folder, or a file of answers, whose columns are found as those of texts without labels.
    private func teacher(_ path: String, of task: ModelTask) throws -> any Teacher {
        guard !Folder.exists(path), (try? DataFormat(path: path, or: "")) != nil else {
            return try notes.checkpoint(path)
        }
        let options = try data.file.reading()
        return try (try? WrittenAnswers(path, options, task: task))
            ?? WrittenAnswers(path, task: task)
    }

    private func job(_ source: Checkpoint, _ rows: TrainingRows) throws -> TrainingJob {
        try training.depths?.check(against: source)
        var job = TrainingJob(
            source: source, method: try training.chosenMethod(),
            settings: try training.settings(), rows: rows)
        job.settings.metric = choosing.metric
        job.depths = training.depths?.numbers
        job.policy = training.policy
        job.unlabelled = try training.unlabelled.map(unlabelledTexts) ?? []
        job.teachers = try training.teacher.map { try teacher($0, of: ModelTask(rows.train.kind)) }
        job.workers = training.workers
        job.storage = store
        job.maximumLength = training.maxLength.map { min($0, source.configuration.positionCount) }
        return job
    }
}
