import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Averages the weights of checkpoints that were fine-tuned from one backbone, from files to files
/// ("model soups", Wortsman et al. 2022): as fast as one of them, and often better than each.
public struct AveragingJob: Sendable {
    /// Two or more; configuration, vocabulary and labels come from the first.
    public let sources: [Checkpoint]
    /// Whose heads are averaged along; the others stay behind, as they know another backbone.
    public let method: Method
    /// What policies are chosen on: rows that none of the checkpoints has learned from.
    public let chosenOn: Dataset
    /// The threads that share each batch.
    public var workers = Workers.all
    /// How weights are stored.
    public var storage = ElementType.float32

    /// A job; what is left out has its usual value.
    public init(sources: [Checkpoint], method: Method, chosenOn: Dataset) {
        precondition(!sources.isEmpty, "nothing to average")
        self.sources = sources
        self.method = method
        self.chosenOn = chosenOn
    }

    /// Averages, chooses the policies and writes the checkpoint.
    ///
    /// - Parameter writer: of an empty folder.
    /// - Throws: `OfframpError`: `usage` for checkpoints that are not alike, or for a method that
    ///   fits an ensemble to its heads.
    public func run(_ writer: CheckpointWriter) throws -> JobReport {
        try checkMethod()
        let first = sources[0]
        let settings = try sources.map { try $0.settings(method.name) }
        try check(settings)
        guard let task = first.task else { preconditionFailure("settings need a task") }
        let set = try TrainingSet(chosenOn, for: first, first.tokenizer())
        var average = ModelAverage()
        for (source, settings) in zip(sources, settings) { average.add(try source.model(settings)) }
        guard let model = average.model else { preconditionFailure("nothing was averaged") }
        var exits = ExitSettings(
            method: method.name, head: settings[0].head, depths: settings[0].depths, policy: "full")
        exits.training = ["averaged": .array(settings.map(\.training))]
        try writer.write(model.backbone, from: first, task: task, as: storage)
        try writer.write(model.heads, of: method.name, as: storage)
        let qualities = try PolicyChoice(
            folder: writer.folder, heads: model.heads, task: task, kind: method.policy,
            workers: workers
        ).choose(for: &exits, on: set)
        try writer.write(exits)
        return JobReport(settings: exits, qualities: qualities)
    }

    private func checkMethod() throws {
        guard method.learnsEnsemble else { return }
        throw OfframpError(
            .usage, at: "method", found: "\(method.name), whose ensemble fits its own heads",
            expected: "heads without an ensemble; train these on the averaged backbone")
    }

    private func check(_ settings: [ExitSettings]) throws {
        for (source, other) in zip(sources, settings) {
            let comparison = [
                ("encoder", source.configuration == sources[0].configuration),
                ("set of labels", source.task == sources[0].task),
                ("kind of heads", other.head == settings[0].head),
                ("choice of depths", other.depths == settings[0].depths),
            ]
            guard let difference = comparison.first(where: { !$0.1 }) else { continue }
            throw OfframpError(
                .usage, at: source.folder.path,
                found: "another \(difference.0) than in \(sources[0].folder.path)",
                expected: "checkpoints fine-tuned alike from one backbone")
        }
    }
}
