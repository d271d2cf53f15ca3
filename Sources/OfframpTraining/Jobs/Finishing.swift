import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// The common end of every job: weights are stored, precision and policies are chosen, fitted and measured on
/// the weights as they are stored, because those are the ones that will answer, and only then the
/// settings are written, once.
struct Finishing {
    /// Where configuration and vocabulary come from, and the backbone where it stays as it is.
    let source: Checkpoint
    let method: Method
    let task: ModelTask
    /// What is chosen by.
    let metric: Metric
    /// What is chosen on, and what is reported on.
    let rows: (validation: Dataset, report: Dataset?)
    /// How weights are stored.
    let storage: ElementType
    /// What more policies learn from; they are chosen on it as well where it is of new texts.
    var crossValidation: CrossValidation?
    /// Tokens of the longest text from now on; `nil` as in the source.
    var maximumLength: Int?
    let workers: Workers

    /// Completes a checkpoint.
    ///
    /// - Parameters:
    ///   - model: what was trained.
    ///   - exits: everything about its exits except what is chosen and measured here.
    ///   - writer: of a hidden folder.
    ///   - writesBackbone: whether the backbone differs from the source's.
    /// - Throws: `OfframpError`.
    func write(
        _ model: EarlyExitModel, _ exits: ExitSettings, to writer: CheckpointWriter,
        writesBackbone: Bool
    ) throws -> JobReport {
        if writesBackbone {
            try writer.write(
                model.backbone, from: source, task: task, as: storage,
                maximumLength: maximumLength)
        }
        try writer.write(model.heads, of: method.name, as: storage)
        let stored =
            writesBackbone
            ? try Checkpoint(writer.folder.path) : source.withHeads(in: writer.folder)
        if try roundingCosts(model.heads, exits, stored) {
            try writer.write(model.heads, of: method.name, as: .float32, again: true)
        }
        var exits = exits
        let choice = try choosePrecision(for: &exits, stored)
        let (choices, textCount) = try OperatingPoints.chosen(
            on: crossValidation?.ofNewTexts.map(choice.trace.joined) ?? choice.trace,
            learningFrom: crossValidation?.ofKnownTexts, cost: choice.model.engine.model.cost,
            policy: method.policy, for: &exits, workers: workers)
        let validation = try ExitResults(choice.trace, choice.model, exits)
        let report = try rows.report.map {
            try ExitResults(choice.model.trace($0).judged(by: metric), choice.model, exits)
        }
        exits.results = .object(
            [("report", report), ("validation", validation)].compactMap { name, results in
                results.map { JSON.Member(name, $0.json) }
            })
        try writer.write(exits)
        return JobReport(
            settings: exits, qualities: validation.qualities, choices: choices,
            textCount: textCount)
    }

    /// Whether heads lose by the rounding of their weights what no exit may lose by a precision. Where states hardly
    /// differ from text to text, weights are large and cancel.
    private func roundingCosts(
        _ heads: HeadSet, _ exits: ExitSettings, _ stored: Checkpoint
    ) throws -> Bool {
        guard storage.ofHeads != .float32 else { return false }
        let rounded = try LoadedModel(stored, exits, precision: .float32, workers: workers)
        let traces = try [rounded, rounded.with(heads: heads)].map {
            try $0.trace(rows.validation).judged(by: metric)
        }
        return !PrecisionChoice.keeps(traces[0], traces[1])
    }

    /// Sets the precision.
    ///
    /// - Returns: the model in it, and what its exits say about the validation rows.
    private func choosePrecision(
        for exits: inout ExitSettings, _ stored: Checkpoint
    ) throws -> PrecisionChoice {
        let settings = exits
        let choice = try PrecisionChoice { precision in
            let model = try LoadedModel(
                stored, settings, precision: precision, workers: workers)
            return (model, try model.trace(rows.validation).judged(by: metric))
        }
        exits.precision = choice.model.precision
        return choice
    }
}
