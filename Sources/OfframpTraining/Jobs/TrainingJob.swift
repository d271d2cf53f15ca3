import Glibc
import OfframpData
import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// A training run from files to files: a backbone and labelled rows in, a checkpoint out.
package struct TrainingJob: Sendable {
    /// Where backbone, configuration and vocabulary come from.
    package let source: Checkpoint
    /// How the exits are trained.
    package let method: Method
    /// The choices of the run.
    package var settings: TrainingSettings
    /// What is learned from, chosen on and reported on.
    package let rows: TrainingRows
    /// Texts without labels: for stages that need none, or for the teachers to answer.
    package var unlabelled: [TextInput] = []
    /// Those whose answers soften the labels of what is learned from.
    package var teachers: [any Teacher] = []
    /// The depths of the exits; `nil` for the method's own.
    package var depths: [Int]?
    /// What operating points are chosen from, where it is not left to the method: then it must be able to
    /// decide on the task.
    package var policy: String?
    /// The threads that share each batch.
    package var workers = Workers.all
    /// How weights are stored.
    package var storage = ElementType.float32
    /// Tokens of the longest text; longer ones are truncated.
    package var maximumLength: Int?

    /// A job; what is omitted has its default.
    package init(
        source: Checkpoint, method: Method, settings: TrainingSettings, rows: TrainingRows
    ) {
        self.source = source
        self.method = method
        self.settings = settings
        self.rows = rows
    }

    /// Trains, chooses the policies and writes the checkpoint.
    ///
    /// - Parameters:
    ///   - output: the folder; it may be the source's own when the backbone is frozen.
    ///   - overwriting: whether files that are there may be replaced.
    ///   - resuming: whether to go on from a saved state in the folder.
    /// - Throws: `OfframpError`.
    package func run(
        output: String, overwriting: Bool, resuming: Bool,
        observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws -> JobReport {
        let folder = CheckpointFolder(output)
        try check(folder, overwriting: overwriting, resuming: resuming)
        _ = try metric()
        if let policy { try method.check(policy: policy, for: task, depths: checkedDepths()) }
        try checkLabels()
        _ = try Targets(rows.train.gold).weighted(by: settings.classWeights, in: task)
        let heads = try freshHeads()
        try method.check(heads)
        _ = try OpenBLAS.load()
        let distillation = try Distillation(
            teachers: teachers, of: rows.train.inputs + unlabelled, settings: settings.distillation,
            task: task, workers: workers)
        let tokenizer = try source.tokenizer(maximumLength: maximumLength)
        var train = try TrainingSet(rows.train, for: source, tokenizer)
        let validation = try TrainingSet(rows.validation, for: source, tokenizer)
        if let report = rows.report {
            try source.checkSegments(for: report.rows.lazy.map(\.pair))
        }
        var unlabelled = try encodedUnlabelled(tokenizer)
        // Only now: what is refused leaves no folder.
        try folder.create()
        train.targets = try distillation.targets(of: rows.train)
            .weighted(by: settings.classWeights, in: task)
        if !teachers.isEmpty, !unlabelled.isEmpty {
            let answered = try distillation.targets(of: self.unlabelled)
            train = train.joined(with: TrainingSet(texts: unlabelled, targets: answered), task)
            unlabelled = []
        }
        let trained = try trained(
            heads, on: train, unlabelled, validation: validation, in: folder, resuming: resuming,
            observer: observer)
        let report = try write(trained, to: folder)
        unlink(stateFile(in: folder))
        return report
    }

    private func trained(
        _ heads: HeadSet, on train: TrainingSet, _ unlabelled: [Encoding],
        validation: TrainingSet, in folder: CheckpointFolder, resuming: Bool,
        observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws -> TrainedModel {
        // Heads on pooled states are trained in less time than it takes to resume.
        let isShort = settings.freezesBackbone && heads.kind.pooling != .none
        let trainer = try Trainer(
            method: method, settings: settings, task: task, metric: metric(), storage: storage,
            workers: workers,
            stateFile: isShort ? nil : stateFile(in: folder), scratchFolder: folder.exits)
        func run(_ backbone: Backbone) throws -> TrainedModel {
            try trainer.train(
                EarlyExitModel(backbone: backbone, heads: heads), on: train, unlabelled: unlabelled,
                validation: validation, resuming: resuming, observer: observer)
        }
        // Heads on a frozen backbone must learn from the states that they will read.
        let backbone =
            settings.freezesBackbone && writesBackbone(to: folder)
            ? try source.backbone().rounded(to: storage) : try source.backbone()
        guard isShort else { return try run(backbone) }
        // The heads learn from states in the precision that will answer, where these say as much as exact ones.
        for precision in PrecisionChoice.order.dropLast() {
            let packed = backbone.packed(precision)
            let noise = FeatureNoise(
                packed, against: EarlyExitModel(backbone: backbone, heads: heads), train.texts,
                workers)
            guard noise.isBearable else { continue }
            let trained = try run(packed)
            let exact = EarlyExitModel(backbone: backbone, heads: trained.model.heads)
            guard
                PrecisionChoice.keeps(
                    trainer.trace(trained.model, validation), trainer.trace(exact, validation))
            else { continue }
            var kept = trained
            kept.model = exact
            return kept
        }
        return try run(backbone)
    }

    /// The texts without labels, tokenised.
    ///
    /// - Throws: `OfframpError` (`usage`) when no stage could use them.
    private func encodedUnlabelled(_ tokenizer: Tokenizer) throws -> [Encoding] {
        guard !unlabelled.isEmpty else { return [] }
        guard !teachers.isEmpty || method.stages.contains(where: { !$0.objective.readsLabels })
        else {
            let able = Method.catalog.filter { $0.stages.contains { !$0.objective.readsLabels } }
            throw OfframpError(
                .usage, at: "method \(method.name)", found: "texts without labels",
                expected: "a teacher, or a stage that needs none: the method "
                    + able.map(\.name).joined(separator: ", ") + ", or the objective distil")
        }
        try source.checkSegments(for: unlabelled.lazy.map(\.pair))
        return unlabelled.map { tokenizer.encode($0) }
    }

    private func stateFile(in folder: CheckpointFolder) -> String {
        "\(folder.exits)/.\(method.name).state.safetensors"
    }

    /// Writes what was trained; all files appear together.
    private func write(_ trained: TrainedModel, to folder: CheckpointFolder) throws -> JobReport {
        let files = try OutputFileSet(in: folder.path)
        let writer = try CheckpointWriter(files.temporaryPath, overwriting: false)
        let report = try Finishing(
            source: source, method: method, task: task, metric: metric(),
            rows: (rows.validation, rows.report),
            storage: storage, crossValidation: try trained.crossValidated.map(crossValidation),
            maximumLength: maximumLength,
            workers: workers
        ).write(
            trained.model, try exitSettings(trained), to: writer,
            writesBackbone: writesBackbone(to: folder))
        try files.commit(writer.folder.files)
        return report
    }

    /// - Parameter trace: of all that was learned from.
    private func crossValidation(_ trace: Trace) throws -> CrossValidation {
        let count = rows.train.rows.count
        // What teachers answer is often made of the rows.
        let isAlone = trace.textCount == count
        return CrossValidation(
            trace: isAlone ? trace : trace.gathered(Array(0..<count)),
            isOfNewTexts: try isAlone && !source.isFineTuned()
                && rows.train.nestedShare <= CrossValidation.mostNested)
    }

    private func metric() throws -> Metric { try task.rules.metric(settings.metric) }

    private var task: ModelTask { ModelTask(rows.train.kind) }

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

    /// A label that no row has cannot be learned; one of a trained checkpoint may be missing in new rows.
    private func checkLabels() throws {
        guard source.task != task else { return }
        let seen = Set(rows.train.gold.labelsOfTexts.joined())
        guard let missing = task.labelNames.indices.first(where: { !seen.contains($0) }) else {
            return
        }
        throw OfframpError(
            .data, at: rows.train.name,
            found: "no row of the label \"\(task.labelNames[missing])\" to learn from",
            expected: "rows of every label")
    }

    /// Heads of several methods on one backbone must have the same labels.
    private func checkTask(for folder: CheckpointFolder) throws {
        guard !writesBackbone(to: folder), source.task != task else { return }
        throw OfframpError(
            .usage, at: folder.path,
            found: source.task?.labelText ?? "no labels",
            expected: "\(task.labelText) of the data, or another output folder")
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

    private func freshHeads() throws -> HeadSet {
        let kind = method.head.kind(
            pairs: rows.train.rows.contains { $0.pair != nil }, frozen: settings.freezesBackbone)
        var heads = HeadSet(
            kind, signal: method.signal(frozen: settings.freezesBackbone), task: task.kind,
            depths: try checkedDepths(),
            width: source.configuration.width, outputCount: task.outputCount)
        // The same whatever the seed: only what started alike can be averaged.
        var initializer = ParameterInitializer(
            seed: TrainingSettings().seed, deviation: kind.deviation)
        heads.visitParameters(&initializer, under: "")
        return heads
    }

    private func checkedDepths() throws -> [Int] {
        let layers = source.configuration.layerCount
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

    private func exitSettings(_ trained: TrainedModel) throws -> ExitSettings {
        var exits = ExitSettings(method: method.name, heads: trained.model.heads)
        exits.training = settings.json(
            of: method, trained.model.heads, metric: try metric(),
            texts: (rows.train.rows.count, unlabelled.count), heldOut: rows.heldOut,
            teachers: teachers.count,
            isFineTuned: try !settings.freezesBackbone || source.isFineTuned())
        return exits
    }
}
