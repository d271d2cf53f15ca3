import OfframpEncoder
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Classifies texts with a model that they may leave early.
///
/// The answers of a text do not depend on the batch it is in, on the order of the texts or on the
/// number of workers.
public struct Engine: Sendable {
    /// Backbone and heads; immutable, shared by all workers.
    public let model: EarlyExitModel
    /// What is told apart.
    public let task: ModelTask
    /// What each exit's logits are divided by.
    public let temperatures: [Float]
    /// The threads that run batches.
    public let workers: Workers
    /// How texts are put into batches.
    public let cutter: BatchCutter

    /// Tokens a batch: enough rows for the products, few enough for the cache.
    public static let defaultBatchTokens = 512

    /// An engine around a model.
    public init(
        model: EarlyExitModel, task: ModelTask, temperatures: [Float], workers: Workers = .all,
        cutter: BatchCutter = BatchCutter(tokens: Engine.defaultBatchTokens)
    ) {
        precondition(temperatures.count == model.heads.count, "a temperature for each exit")
        self.model = model
        self.task = task
        self.temperatures = temperatures
        self.workers = workers
        self.cutter = cutter
    }

    /// Answers texts under a policy.
    ///
    /// - Returns: an answer for each text, in the order of the input.
    public func answers(_ texts: [Encoding], policy: any ExitPolicy) -> [Answer] {
        inBatches(texts) { batch in
            var run = PolicyRun(policy, texts: batch.texts.count)
            var pass = ForwardPass(model, batch)
            for place in model.places where !run.open.isEmpty {
                let isRead = run.reads(place)
                guard isRead || model.heads.isChained else { continue }
                let output = pass.output(ofExit: place.index)
                guard isRead else { continue }
                pass.keep(run.step(observed(output, place)))
            }
            return run.finish()
        }
    }

    /// What every exit says about texts, from one forward pass.
    ///
    /// - Parameters:
    ///   - texts: in the order of the trace.
    ///   - gold: the right answers, where they are known.
    public func trace(_ texts: [Encoding], gold: Gold? = nil) -> Trace {
        // Per text the logits and signals of every exit, to be put together exit by exit.
        let rows: [[ExitOutput]] = inBatches(texts) { batch in
            var pass = ForwardPass(model, batch)
            let outputs = model.places.map { observed(pass.output(ofExit: $0.index), $0) }
            return (0..<batch.texts.count).map { text in outputs.map { $0.gathered([text]) } }
        }
        let exits = model.places.map { place in
            ExitOutput(
                place: place, task: task.kind, labels: task.outputs,
                temperature: temperatures[place.index],
                logits: rows.flatMap { $0[place.index].logits },
                signals: rows.first?[place.index].signals == nil
                    ? nil : rows.flatMap { $0[place.index].signals ?? [] })
        }
        return Trace(exits: exits, gold: gold, tokens: texts.map(\.ids.count))
    }

    private func observed(_ output: HeadOutput, _ place: ExitPlace) -> ExitOutput {
        ExitOutput(
            place: place, task: task.kind, labels: task.outputs,
            temperature: temperatures[place.index], logits: output.logits.values,
            signals: output.signal?.values)
    }

    /// Cuts texts into batches, runs them on the workers and puts the results in order.
    private func inBatches<Result: Sendable>(
        _ texts: [Encoding], _ work: @escaping @Sendable (PackedBatch) -> [Result]
    ) -> [Result] {
        let batches = cutter.cut(texts.map(\.ids.count))
        let results = workers.map(batches.count) { index in
            work(PackedBatch(batches[index].map { texts[$0] }))
        }
        var ordered = [Result?](repeating: nil, count: texts.count)
        for (batch, results) in zip(batches, results) {
            for (text, result) in zip(batch, results) { ordered[text] = result }
        }
        return ordered.compactMap { $0 }
    }
}

extension PackedBatch {
    /// Packs tokenised texts.
    public init(_ texts: [Encoding]) {
        self.init(
            ids: texts.map(\.ids),
            secondSegments: texts.map { $0.secondStart })
    }
}
