import Glibc
import OfframpData
import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// What a run from files to files wrote.
public struct JobReport: Sendable {
    /// The settings of the new heads, chosen policies included.
    public let settings: ExitSettings
    /// The quality of each exit on the rows that were chosen on, as the weights are stored.
    public let qualities: [Double]
}

/// A training run from files to files: a backbone and labelled rows in, a checkpoint out.
public struct TrainingJob: Sendable {
    /// Where backbone, configuration and vocabulary come from.
    public let source: Checkpoint
    /// How the exits are trained.
    public let method: Method
    /// The choices of the run.
    public var settings: TrainingSettings
    /// What is learned from.
    public let train: Dataset
    /// What epochs and thresholds are chosen on; never what is reported.
    public let chosenOn: Dataset
    /// The share of the training rows that `chosenOn` was held out of; 0 when it comes from elsewhere.
    public var heldOut = 0.0
    /// Trained checkpoints whose answers soften the labels of what is learned from.
    public var teachers: [Checkpoint] = []
    /// The depths of the exits; `nil` for the method's own.
    public var depths: [Int]?
    /// The threads that share each batch.
    public var workers = Workers.all
    /// How weights are stored.
    public var storage = ElementType.float32
    /// Tokens of the longest text; longer ones are truncated.
    public var maximumLength: Int?

    /// A job; what is left out has its usual value.
    public init(
        source: Checkpoint, method: Method, settings: TrainingSettings, train: Dataset,
        chosenOn: Dataset
    ) {
        self.source = source
        self.method = method
        self.settings = settings
        self.train = train
        self.chosenOn = chosenOn
    }

    /// Trains, chooses the policies and writes the checkpoint.
    ///
    /// - Parameters:
    ///   - output: the folder; it may be the source's own when the backbone is frozen.
    ///   - overwriting: whether files that are there may be replaced.
    ///   - resuming: whether to go on from a saved state in the folder.
    /// - Throws: `OfframpError`.
    public func run(
        output: String, overwriting: Bool, resuming: Bool,
        observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws -> JobReport {
        try check(CheckpointFolder(output), overwriting: overwriting, resuming: resuming)
        let teaching = try Teaching(
            teachers: teachers, settings: settings.teaching, task: task, workers: workers)
        let tokenizer = try source.tokenizer(maximumLength: maximumLength)
        var trainSet = try TrainingSet(train, for: source, tokenizer)
        let devSet = try TrainingSet(chosenOn, for: source, tokenizer)
        let model = try freshModel()
        // Only now: what is refused leaves no folder.
        let folder = CheckpointFolder(output)
        try folder.create()
        trainSet.targets = try teaching.mixed(trainSet.targets, of: train)
        let trainer = Trainer(
            method: method, settings: settings, task: task, workers: workers,
            stateFile: stateFile(in: folder))
        let trained = try trainer.train(
            model, on: trainSet, dev: devSet, resuming: resuming, observer: observer)
        let report = try write(trained, to: folder, chosenOn: devSet)
        unlink(stateFile(in: folder))
        return report
    }

    private func stateFile(in folder: CheckpointFolder) -> String {
        "\(folder.exits)/.\(method.name).state.safetensors"
    }

    /// Writes what was trained, all of it together, and chooses the policies.
    private func write(
        _ trained: TrainedModel, to folder: CheckpointFolder, chosenOn devSet: TrainingSet
    ) throws -> JobReport {
        let files = try OutputFileSet(in: folder.path)
        let writer = try CheckpointWriter(files.temporaryPath, overwriting: false)
        if writesBackbone(to: folder) {
            try writer.write(
                trained.model.backbone, from: source, task: task, as: storage,
                maximumLength: maximumLength)
        }
        try writer.write(trained.model.heads, of: method.name, as: storage)
        var exits = exitSettings(trained)
        let qualities = try PolicyChoice(
            backbone: writesBackbone(to: folder) ? Checkpoint(files.temporaryPath) : source,
            heads: trained.model.heads, folder: writer.folder, task: task, kind: method.policy,
            workers: workers
        ).choose(for: &exits, on: devSet)
        try writer.write(exits)
        try files.commit(writer.folder.files)
        return JobReport(settings: exits, qualities: qualities)
    }

    private var task: ModelTask { ModelTask(train.kind) }

    private func writesBackbone(to folder: CheckpointFolder) -> Bool {
        source.folder != folder || !settings.freezesBackbone
    }

    /// Refuses a folder that the result may not go to.
    private func check(_ folder: CheckpointFolder, overwriting: Bool, resuming: Bool) throws {
        try checkTask(for: folder)
        try checkLength(for: folder)
        try folder.checkRoom(
            for: method.name, backbone: writesBackbone(to: folder), overwriting: overwriting)
        guard !overwriting, !resuming, access(stateFile(in: folder), F_OK) == 0 else { return }
        throw OfframpError(
            .usage, at: folder.path, found: "the state of an interrupted run",
            expected: "--resume to go on with it, or --force to start anew")
    }

    /// Heads beside those of others on one backbone must tell the same labels apart.
    private func checkTask(for folder: CheckpointFolder) throws {
        guard !writesBackbone(to: folder), source.task != task else { return }
        throw OfframpError(
            .usage, at: folder.path,
            found: source.task.map { "the labels \($0.labels)" } ?? "no labels",
            expected: "the labels \(task.labels) of the data, or another output folder")
    }

    /// Thresholds chosen on texts of one length would not hold for another.
    private func checkLength(for folder: CheckpointFolder) throws {
        guard let maximumLength, !writesBackbone(to: folder) else { return }
        let length = try source.tokenizer().maximumLength
        guard maximumLength != length else { return }
        throw OfframpError(
            .usage, at: "maximum length", found: "\(maximumLength)",
            expected: "\(length), as \(folder.path) has it, or another output folder")
    }

    private func freshModel() throws -> EarlyExitModel {
        let backbone = try source.backbone()
        var heads = HeadSet(
            method.head, depths: try checkedDepths(), width: source.configuration.width,
            labels: task.outputs)
        var initializer = ParameterInitializer(seed: settings.seed)
        heads.visitParameters(&initializer, under: "")
        return EarlyExitModel(backbone: backbone, heads: heads)
    }

    private func checkedDepths() throws -> [Int] {
        let layers = source.configuration.layers
        guard let depths else { return method.depths(layers: layers) }
        guard !depths.isEmpty, depths.allSatisfy((0...layers).contains),
            zip(depths, depths.dropFirst()).allSatisfy(<)
        else {
            throw OfframpError(
                .usage, at: "depths", found: "\(depths)",
                expected: "depths from 0 to \(layers) in ascending order")
        }
        return depths
    }

    private func exitSettings(_ trained: TrainedModel) -> ExitSettings {
        var exits = ExitSettings(
            method: method.name, head: method.head.name, depths: trained.model.heads.depths,
            policy: "full")
        exits.ensemble = trained.ensemble
        exits.training = settings.json(
            of: method, texts: train.rows.count, heldOut: heldOut, teachers: teachers.count)
        return exits
    }
}
