import OfframpEncoder
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Classifies texts with a model of several exits, each text leaving where its policy says.
///
/// The answers of a text do not depend on the batch it is in, on the order of the texts or on the
/// number of workers.
package struct Engine: Sendable {
    /// Backbone and heads; immutable, shared by all workers.
    package let model: EarlyExitModel
    /// What the logits mean.
    package let task: ModelTask
    /// What each exit's logits are divided by.
    package let temperatures: [Float]
    /// The threads that run batches.
    package let workers: Workers
    /// How texts are put into batches.
    package let cutter: BatchCutter

    /// Tokens per batch: enough rows for the products, few enough for the cache.
    package static let defaultBatchTokens = 512

    /// An engine around a model.
    ///
    /// - Parameter temperatures: of each exit; `nil` for heads that are not calibrated.
    package init(
        model: EarlyExitModel, task: ModelTask, temperatures: [Float]? = nil,
        workers: Workers = .all, cutter: BatchCutter = BatchCutter(tokens: defaultBatchTokens)
    ) {
        let temperatures = temperatures ?? model.heads.depths.map { _ in 1 }
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
    package func answers(_ texts: [Encoding], policy: any ExitPolicy) -> [Answer] {
        precondition(!model.handsOn, "a part may leave texts without an answer")
        return inBatches(texts.map(\.ids.count)) { batch in
            var run = BatchRun(self, PackedBatch(batch.map { texts[$0] }), policy: policy)
            run.passExits()
            return run.policy.finish()
        }
    }

    /// The multiply-adds that answers took, heads included, `[texts]`.
    package func spent(_ texts: [Encoding], _ answers: [Answer]) -> [Double] {
        model.cost.spent(tokens: texts.map(\.ids.count), answers)
    }

    /// What every exit says about texts, from one forward pass.
    ///
    /// - Parameters:
    ///   - texts: in the order of the trace.
    ///   - gold: the right answers, where they are known.
    package func trace(_ texts: [Encoding], gold: Gold? = nil) -> Trace {
        trace(lengths: texts.map(\.ids.count), gold: gold) { batch in
            var pass = ForwardPass(model, PackedBatch(batch.map { texts[$0] }))
            return model.places.map { pass.output(ofExit: $0.index) }
        }
    }

    /// What every exit says about texts, from whatever knows it.
    ///
    /// - Parameters:
    ///   - lengths: the tokens of each text, in the order of the trace.
    ///   - gold: the right answers, where they are known.
    ///   - outputs: what all exits say about some of the texts, given by their indices.
    package func trace(
        lengths: [Int], gold: Gold?, outputs: @escaping @Sendable (_ texts: [Int]) -> [HeadOutput]
    ) -> Trace {
        // Per text the rows of every exit, to be put together exit by exit.
        let rows: [[ExitRow]] = inBatches(lengths) { batch in
            let outputs = outputs(batch)
            return batch.indices.map { text in
                outputs.map {
                    ExitRow(logits: $0.logits.row(text), signal: $0.signal?.row(text)[0])
                }
            }
        }
        let exits = model.places.map { place in
            let rows = rows.map { $0[place.index] }
            return observed(
                rows.flatMap(\.logits),
                signals: model.heads.signal == nil ? nil : rows.compactMap(\.signal), place)
        }
        return Trace(exits: exits, gold: gold, tokens: lengths)
    }

    /// What one exit says about one text.
    private struct ExitRow {
        let logits: [Float]
        let signal: Float?
    }

    func observed(_ output: HeadOutput, _ place: ExitPlace) -> ExitOutput {
        observed(output.logits.values, signals: output.signal?.values, place)
    }

    private func observed(_ logits: [Float], signals: [Float]?, _ place: ExitPlace) -> ExitOutput {
        ExitOutput(
            place: place, task: task.kind, outputCount: task.outputCount,
            temperature: temperatures[place.index], logits: logits, signals: signals)
    }

    /// Cuts texts into batches, runs them on the workers and puts the results in order.
    private func inBatches<Result: Sendable>(
        _ lengths: [Int], _ work: @escaping @Sendable (_ texts: [Int]) -> [Result]
    ) -> [Result] {
        let batches = cutter.cut(lengths)
        let results = workers.map(batches.count) { work(batches[$0]) }
        var ordered = [Result?](repeating: nil, count: lengths.count)
        for (batch, results) in zip(batches, results) {
            for (text, result) in zip(batch, results) { ordered[text] = result }
        }
        return ordered.compactMap { $0 }
    }
}

extension PackedBatch {
    /// Packs tokenised texts.
    package init(_ texts: [Encoding]) {
        self.init(
            ids: texts.map(\.ids),
            secondSegments: texts.map { $0.secondStart })
    }
}
