import Glibc
import OfframpEngine
import OfframpFiles
import OfframpTensor

/// The state of a training run: all that is needed to go on as if it had not stopped.
struct TrainingState: Sendable {
    /// The model as it is now.
    var model: EarlyExitModel
    /// The model after the best epoch of this stage.
    private var best: EarlyExitModel?
    private var bestScore = -Double.infinity
    /// The number of the best epoch, from 1.
    private(set) var bestEpoch = 0
    /// Of the ends of the stage's cycles, where it averages them.
    private var cycles = ModelAverage()
    /// The stage, from 0.
    private(set) var stage = 0
    /// The average of the finished runs.
    private(set) var runs = ModelAverage()
    /// Finished epochs of the stage.
    var epoch = 0
    /// Finished steps of the stage.
    var step = 0
    /// By exits whose heads were solved for: what they say of the training texts, by heads fitted
    /// without them, `[texts, outputs]` each.
    var heldOutLogits: [Int: Tensor] = [:]
    private var saved: SafetensorsFile?
    private let savesBackbone: Bool

    /// - Parameter savesBackbone: `false` where it stays as it is, so that only its run needs to know it.
    init(model: EarlyExitModel, savesBackbone: Bool) {
        self.model = model
        self.savesBackbone = savesBackbone
    }

    /// Keeps a model if that of no earlier epoch of the stage was better.
    ///
    /// - Parameter margin: how much better an earlier one must be; 0 where an equal one will do.
    mutating func keepIfBest(
        _ model: EarlyExitModel, _ score: Double, margin: Double = 0
    ) -> Bool {
        guard score > bestScore - margin || best == nil else { return false }
        bestScore = max(score, bestScore)
        bestEpoch = epoch
        best = model
        return true
    }

    /// Takes the model as it is now into the average of the cycles.
    mutating func average() -> EarlyExitModel {
        cycles.add(model)
        return cycles.model ?? model
    }

    /// Goes on to the next stage with the best model of this one.
    mutating func finishStage() {
        model = best ?? model
        best = nil
        (bestScore, bestEpoch) = (-.infinity, 0)
        cycles = ModelAverage()
        stage += 1
        epoch = 0
        step = 0
    }

    /// Takes the run's model into the average and starts the next run.
    mutating func finishRun(startingAgainFrom start: EarlyExitModel) {
        runs.add(model)
        model = start
        stage = 0
    }

    /// The optimiser's moments of a restored state, once; `nil` for a run from the start.
    ///
    /// - Throws: `OfframpError` (`data`) naming a moment that is missing or misshapen.
    mutating func takeMoments(_ table: ParameterTable) throws -> [Moments]? {
        defer { saved = nil }
        guard let saved else { return nil }
        func tensor(_ name: String, _ shape: Shape) throws -> Tensor {
            guard let stored = saved.stored(name), stored.count == shape.count else {
                throw OfframpError(
                    .data, at: name, found: "no tensor of that shape in the saved state",
                    expected: "\(shape)")
            }
            return try Tensor(shape) { try stored.read(into: $0) }
        }
        return try table.entries.map { entry in
            Moments(
                first: try tensor(Self.first + entry.name, entry.shape),
                second: try tensor(Self.second + entry.name, entry.shape))
        }
    }
}

// MARK: - In a file

extension TrainingState {
    private static let first = "first."
    private static let second = "second."
    private static let now = "now."
    private static let best = "best."
    private static let cycles = "cycles."
    private static let runs = "runs."

    /// Saves the state, atomically.
    func save(
        to path: String, moments: [Moments], table: ParameterTable, run: RunIdentity
    ) throws {
        var saver = ParameterSaver(as: .float32)
        func add(_ model: EarlyExitModel?, under prefix: String) {
            guard var model else { return }
            if savesBackbone { model.backbone.visitParameters(&saver, under: prefix) }
            model.heads.visitParameters(&saver, under: prefix)
        }
        add(model, under: Self.now)
        add(best, under: Self.best)
        add(cycles.model, under: Self.cycles)
        add(runs.model, under: Self.runs)
        var writer = saver.writer
        for (entry, moments) in zip(table.entries, moments) {
            writer.add(Self.first + entry.name, moments.first)
            writer.add(Self.second + entry.name, moments.second)
        }
        writer.metadata =
            run.metadata + [
                ("stage", "\(stage)"), ("epoch", "\(epoch)"), ("step", "\(step)"),
                ("best", "\(bestScore)"), ("best epoch", "\(bestEpoch)"),
                ("cycles", "\(cycles.count)"),
                ("runs", "\(runs.count)"),
            ]
        try writer.write(to: path, overwriting: true)
    }

    /// Goes back to a saved state.
    ///
    /// - Returns: whether there is one.
    /// - Throws: `OfframpError`: `usage` when the file is of another run, `data` when it is broken.
    mutating func restore(from path: String, run: RunIdentity) throws -> Bool {
        guard access(path, F_OK) == 0 else { return false }
        let file = try SafetensorsFile(path: path)
        try run.check({ file.metadata[$0] }, of: path)
        guard let stage = file.metadata["stage"].flatMap({ Int($0) }),
            let epoch = file.metadata["epoch"].flatMap({ Int($0) }),
            let step = file.metadata["step"].flatMap({ Int($0) }),
            let score = file.metadata["best"].flatMap({ Double($0) }),
            let bestEpoch = file.metadata["best epoch"].flatMap({ Int($0) }),
            let cycleCount = file.metadata["cycles"].flatMap({ Int($0) }),
            let runCount = file.metadata["runs"].flatMap({ Int($0) })
        else {
            throw OfframpError(.data, at: path, found: "no position", expected: "a training state")
        }
        (self.stage, self.epoch, self.step, bestScore) = (stage, epoch, step, score)
        self.bestEpoch = bestEpoch
        model = try loaded(file, under: Self.now)
        if score > -.infinity { best = try loaded(file, under: Self.best) }
        if cycleCount > 0 {
            cycles = ModelAverage(model: try loaded(file, under: Self.cycles), count: cycleCount)
        }
        if runCount > 0 {
            runs = ModelAverage(model: try loaded(file, under: Self.runs), count: runCount)
        }
        saved = file
        return true
    }

    private func loaded(_ file: SafetensorsFile, under prefix: String) throws -> EarlyExitModel {
        var other = model
        if savesBackbone {
            try other.backbone.load(file, under: prefix, reportingUnknown: false)
        }
        try other.heads.load(file, under: prefix, reportingUnknown: false)
        return other
    }
}
