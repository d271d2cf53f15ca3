import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTraining

/// Measures a checkpoint that was just written, as it will be read.
struct TrainingMeasurement {
    private let engine: Engine
    private let task: ModelTask
    private let context: PolicyContext

    /// Loads the checkpoint.
    init(_ checkpoint: Checkpoint, _ settings: ExitSettings, workers: Workers) throws {
        guard let task = checkpoint.task else {
            throw OfframpError(
                .data, at: checkpoint.folder.path, found: "no labels", expected: "a task")
        }
        self.task = task
        context = settings.context(for: task)
        engine = Engine(
            model: try checkpoint.model(settings), task: task,
            temperatures: settings.temperatures, workers: workers)
    }

    /// The operating points of a kind of policy, or of one that can decide on the task.
    func points(_ kind: String, on set: TrainingSet) throws -> OperatingPoints {
        let row = PolicyCatalog.rows.first { $0.name == kind }
        let isAble = row?.tasks.contains(task.kind) ?? false
        return try OperatingPoints(
            isAble ? kind : "patience", on: trace(set), cost: engine.model.cost, for: context,
            quality: .of(task.kind))
    }

    /// What the exits and points reach on a set.
    func report(_ points: OperatingPoints, on set: TrainingSet) throws -> JSON {
        try TrainingReport(
            trace(set), points, cost: engine.model.cost, for: context,
            metric: task.metric.rawValue, quality: .of(task.kind)
        ).json
    }

    private func trace(_ set: TrainingSet) -> Trace { engine.trace(set.texts, gold: set.gold) }
}
