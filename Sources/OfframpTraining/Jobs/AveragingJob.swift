import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Averages the weights of checkpoints that were fine-tuned from one backbone, from files to files
/// ("model soups", Wortsman et al. 2022): as fast as one of them, and often better than each.
package struct AveragingJob: Sendable {
    /// Two or more; configuration, vocabulary and labels come from the first.
    package let sources: [Checkpoint]
    /// The method whose heads are averaged too; others are left out, as they fit another backbone.
    package let method: Method
    /// The threads that share each batch.
    package var workers = Workers.all
    /// How weights are stored.
    package var storage = ElementType.float32
    /// The name of the metric that precision and policies are chosen by; `nil` for the task's first.
    package var metric: String?

    private let settings: [ExitSettings]

    /// A job; what is omitted has its default.
    ///
    /// - Throws: `OfframpError`: `usage` for checkpoints that are not alike.
    package init(sources: [Checkpoint], method: Method) throws {
        precondition(!sources.isEmpty, "nothing to average")
        self.sources = sources
        var method = method
        settings = try sources.map { try $0.settings(method.name) }
        if let policy = settings[0].training["policy"]?.string { method.policy = policy }
        self.method = method
        for index in sources.indices { try check(index) }
    }

    /// Refuses to choose on rows that one of the checkpoints says it has learned from.
    ///
    /// - Parameter share: of the training file that is held out to choose by; 0 when the rows are
    ///   another file's.
    /// - Throws: `OfframpError` (`usage`).
    package func check(heldOut share: Double) throws {
        for (source, settings) in zip(sources, settings) {
            guard let heldOut = settings.training.heldOut, heldOut < share else { continue }
            throw OfframpError(
                .usage, at: source.folder.path,
                found: "training that held out a share of \(heldOut)",
                expected: "at least the \(share) to choose by; a smaller --hold-out, or --dev alone"
            )
        }
    }

    /// Averages, chooses the policies and writes the checkpoint.
    ///
    /// - Parameters:
    ///   - writer: of an empty folder.
    ///   - rows: no checkpoint may have learned from the validation rows.
    /// - Throws: `OfframpError`.
    package func run(_ writer: CheckpointWriter, _ rows: TrainingRows) throws -> JobReport {
        _ = try OpenBLAS.load()
        var average = ModelAverage()
        for (source, settings) in zip(sources, settings) { average.add(try source.model(settings)) }
        guard let model = average.model else { preconditionFailure("nothing was averaged") }
        var exits = ExitSettings(method: method.name, heads: model.heads)
        exits.training = [
            "averaged": .array(settings.map(\.training)), "policy": .string(method.policy),
        ]
        return try Finishing(
            source: sources[0], method: method, task: sources[0].requiredTask(),
            metric: sources[0].requiredTask().rules.metric(metric),
            rows: (rows.validation, rows.report), storage: storage, workers: workers
        ).write(model, exits, to: writer, writesBackbone: true)
    }

    private func check(_ index: Int) throws {
        let (source, first) = (sources[index], sources[0])
        let comparison = [
            ("encoder", source.configuration == first.configuration),
            ("vocabulary", try source.tokenizer().fingerprint == first.tokenizer().fingerprint),
            ("set of labels", source.task == first.task),
            ("kind of heads", settings[index].head == settings[0].head),
            ("signal beside the heads", settings[index].signal == settings[0].signal),
            ("choice of depths", settings[index].depths == settings[0].depths),
        ]
        guard let difference = comparison.first(where: { !$0.1 }) else { return }
        throw OfframpError(
            .usage, at: source.folder.path,
            found: "another \(difference.0) than in \(first.folder.path)",
            expected: "checkpoints fine-tuned alike from one backbone")
    }
}

extension JSON {
    /// The smallest share held out of the training described here, or of those averaged; `nil` where
    /// none is stated.
    fileprivate var heldOut: Double? {
        let averaged = self["averaged"]?.elements?.compactMap(\.heldOut).min()
        return self["held_out"]?.double ?? averaged
    }
}
