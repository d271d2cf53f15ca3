import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Chooses precision and policies for new heads on the weights as they are stored, because those are
/// the ones that will answer.
struct PolicyChoice {
    /// Where the backbone stands.
    let backbone: Checkpoint
    /// The heads; those stored in the folder take the place of its weights.
    let heads: HeadSet
    /// Where the heads are stored; their settings may be missing yet.
    let folder: CheckpointFolder
    let task: ModelTask
    /// The kind of policy.
    let kind: String
    let workers: Workers

    /// Sets the precision, the operating points and the default policy.
    ///
    /// - Returns: the quality of each exit on the set.
    /// - Throws: `OfframpError`.
    func choose(for exits: inout ExitSettings, on set: TrainingSet) throws -> [Double] {
        var heads = heads
        try heads.load(SafetensorsFile(path: folder.headWeights(exits.method)))
        let (storedHeads, temperatures) = (heads, exits.temperatures)
        let choice = try PrecisionChoice(quality: .of(task.kind)) { precision in
            let model = EarlyExitModel(
                backbone: try backbone.backbone(precision), heads: storedHeads)
            let engine = Engine(
                model: model, task: task, temperatures: temperatures, workers: workers)
            return engine.trace(set.texts, gold: set.gold)
        }
        exits.precision = choice.precision
        let cost = EarlyExitModel(backbone: try backbone.backbone(), heads: storedHeads).cost
        try OperatingPoints(trace: choice.trace, cost: cost, kind: kind).choose(for: &exits)
        return choice.trace.exitQualities(.of(task.kind))
    }
}
