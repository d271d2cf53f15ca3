import Glibc
import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTraining

/// One run of `train`: from files to a checkpoint.
struct TrainingRun {
    private let command: Train
    private let method: Method
    private let source: Checkpoint
    private let output: CheckpointFolder

    /// Checks what can be checked before the long work.
    init(_ command: Train) throws {
        self.command = command
        method = try Method.named(command.training.method)
        source = try Checkpoint(command.backbone)
        output = CheckpointFolder(command.output)
        try checkDepths()
        try checkOutput()
    }

    /// Reads, trains, chooses and writes.
    func callAsFunction() throws {
        let data = try TrainingData(command, from: source, tokenizer: source.tokenizer())
        let trained = try train(data)
        let writer = try CheckpointWriter(output.path, overwriting: true)
        if !keepsBackbone {
            try writer.write(
                trained.model.backbone, from: source, task: data.task, as: command.store.type)
        }
        var settings = ExitSettings(
            method: method.name, head: method.head.name, depths: depths, policy: "full")
        settings.ensemble = trained.ensemble
        settings.training = trainingNotes(data)
        try writer.write(trained.model.heads, settings, as: command.store.type)
        // Chosen and measured as stored, which may have cost some accuracy.
        try measure(&settings, data)
        try writer.write(trained.model.heads, settings, as: command.store.type)
        unlink(stateFile)
        command.note("wrote \(output.path)")
    }

    private func train(_ data: TrainingData) throws -> TrainedModel {
        try output.create()
        let trainer = Trainer(
            method: method, settings: command.training.settings, task: data.task,
            workers: command.training.workers, stateFile: stateFile)
        let progress = TrainingProgress(isQuiet: command.quiet)
        return try trainer.train(
            freshModel(data.task), on: data.train, dev: data.choosing, resuming: command.resume
        ) { progress($0) }
    }

    private func freshModel(_ task: ModelTask) throws -> EarlyExitModel {
        var heads = HeadSet(
            method.head, depths: depths, width: source.configuration.width, labels: task.outputs)
        var initializer = ParameterInitializer(seed: command.training.seed)
        heads.visitParameters(&initializer, under: "")
        return EarlyExitModel(backbone: try source.backbone(), heads: heads)
    }

    private func measure(_ settings: inout ExitSettings, _ data: TrainingData) throws {
        let measurement = try TrainingMeasurement(
            Checkpoint(output.path), settings, workers: command.training.workers)
        let points = try measurement.points(method.policy, on: data.choosing)
        settings.operatingPoints = points.members
        settings.policy = points.policy
        var results: [JSON.Member] = [
            .init("chosen_on", try measurement.report(points, on: data.choosing))
        ]
        if let reporting = data.reporting, command.holdOut ?? 0 > 0 {
            results.append(.init("dev", try measurement.report(points, on: reporting)))
        }
        settings.results = .object(results)
        for result in results { command.note("\(result.key): \(result.value.text())") }
    }

    private func trainingNotes(_ data: TrainingData) -> JSON {
        let settings = command.training
        return [
            "rows": .number(data.train.count), "batch": .number(settings.batch),
            "seed": .number("\(settings.seed)"), "frozen_backbone": .bool(settings.freeze),
            "epochs": settings.epochs.map { .number($0) } ?? .null,
            "learning_rate": settings.learningRate.map { .number($0) } ?? .null,
            "threads": .number(settings.workers.count),
        ]
    }
}

extension TrainingRun {
    private var stateFile: String { "\(output.path)/.\(method.name)-training.safetensors" }

    private var depths: [Int] {
        command.training.depths?.numbers ?? method.depths(layers: source.configuration.layers)
    }

    /// Whether heads are added to a checkpoint whose backbone stays.
    private var keepsBackbone: Bool { command.training.freeze && isSameFolder }

    private var isSameFolder: Bool {
        func resolved(_ path: String) -> String? {
            guard let text = realpath(path, nil) else { return nil }
            defer { free(text) }
            return String(cString: text)
        }
        return resolved(source.folder.path) == resolved(output.path)
    }

    private func checkDepths() throws {
        let layers = source.configuration.layers
        guard let last = depths.last, last > layers else { return }
        throw OfframpError(
            .usage, at: "--depths", found: "\(last)",
            expected: "depths from 0 to \(layers), the layers of \(source.folder.path)")
    }

    private func checkOutput() throws {
        let others = output.methods.filter { $0 != method.name }
        if !others.isEmpty, !keepsBackbone {
            throw OfframpError(
                .usage, at: output.path,
                found: "heads of \(others.joined(separator: ", ")) on a backbone that would change",
                expected: "another --output, or --freeze with this folder as --backbone")
        }
        let unfinished = access(stateFile, F_OK) == 0
        let finished = output.methods.contains(method.name)
        guard !command.force, !command.resume, unfinished || finished else { return }
        throw OfframpError(
            .usage, at: output.path,
            found: unfinished ? "an unfinished run" : "a trained \(method.name)",
            expected: unfinished ? "--resume to go on, --force to start over" : "--force to replace it")
    }
}
