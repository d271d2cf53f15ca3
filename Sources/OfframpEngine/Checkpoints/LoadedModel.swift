import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// A checkpoint in memory, ready to run: tokenizer, backbone and the heads of one method.
package struct LoadedModel: Sendable {
    /// Where it comes from.
    package let checkpoint: Checkpoint
    /// Everything about its exits except the weights.
    package let settings: ExitSettings
    /// What layers compute in.
    package let precision: Precision
    /// What turns texts into word pieces.
    package let tokenizer: Tokenizer
    /// What runs them.
    package let engine: Engine

    /// How many texts a worker tokenises at a time.
    private static let textsPerPiece = 128

    /// Loads the heads of one method with their backbone.
    ///
    /// - Parameters:
    ///   - settings: of the heads; `nil` for those of the checkpoint's default method.
    ///   - precision: of the layers; `nil` takes what the settings recommend.
    ///   - workers: the threads that share the work.
    /// - Throws: `OfframpError`.
    package init(
        _ checkpoint: Checkpoint, _ settings: ExitSettings? = nil, precision: Precision? = nil,
        workers: Workers = .all
    ) throws {
        let settings = try settings ?? checkpoint.settings(checkpoint.defaultMethod())
        let precision = precision ?? settings.precision
        self.checkpoint = checkpoint
        self.settings = settings
        self.precision = precision
        tokenizer = try checkpoint.tokenizer()
        engine = Engine(
            model: try checkpoint.model(settings, precision), task: try checkpoint.requiredTask(),
            temperatures: settings.temperatures, workers: workers)
    }

    private init(_ other: LoadedModel, _ engine: Engine) {
        (checkpoint, settings) = (other.checkpoint, other.settings)
        (precision, tokenizer, self.engine) = (other.precision, other.tokenizer, engine)
    }

    /// The same model with batches of at most so many tokens.
    package func with(batchTokens tokens: Int) -> LoadedModel {
        LoadedModel(
            self,
            Engine(
                model: engine.model, task: task, temperatures: engine.temperatures,
                workers: engine.workers, cutter: BatchCutter(tokens: tokens)))
    }
}

extension LoadedModel {
    /// What the logits mean.
    package var task: ModelTask { engine.task }

    /// The metrics of its task, the one that it was trained for first.
    package var metrics: [Metric] {
        let all = task.rules.metrics
        let name = settings.training["metric"]?.string
        return all.filter { $0.name == name } + all.filter { $0.name != name }
    }

    /// The number of the backbone's layers.
    package var layerCount: Int { checkpoint.configuration.layerCount }

    /// What a policy must know of the exits.
    package var context: PolicyContext { settings.context(for: task) }

    /// What tells its heads from all others: a digest of their weights and temperatures. Heads are trained for one
    /// backbone, so that they stand for the checkpoint; and they are small enough to be read again.
    ///
    /// - Throws: `OfframpError`, as loading does.
    package func headsDigest() throws -> UInt64 {
        var (heads, digest) = (try checkpoint.heads(settings), ParameterDigest())
        heads.visitParameters(&digest, under: "")
        return engine.temperatures.reduce(digest.value) {
            RandomSource.seed($0, UInt64($1.bitPattern))
        }
    }

    /// Tokenises texts on all workers, in order.
    ///
    /// - Throws: `OfframpError` (`data`) for a pair where the model knows one segment only.
    package func encode(_ texts: [TextInput]) throws -> [Encoding] {
        try onAllWorkers(texts) { tokenizer.encode($0) }
    }

    /// Tokenises texts on all workers, in order, each in as many parts as it takes to read it.
    ///
    /// - Throws: `OfframpError` (`data`), as `encode` does, and where long texts are refused.
    package func parts(_ texts: [TextInput], long: LongTexts) throws -> [[Encoding]] {
        let parts = try onAllWorkers(texts) { tokenizer.parts($0, long: long) }
        if long == .refuse, let text = parts.firstIndex(where: { $0[0].isTruncated }) {
            let error = tooLong(texts[text])
            throw texts.count == 1 ? error : error.at("text \(text + 1)")
        }
        return parts
    }

    /// Refuses what `parts` refuses, and reads the texts only where that takes it.
    ///
    /// - Throws: `OfframpError` (`data`), as `parts` does.
    package func check(_ texts: [TextInput], long: LongTexts) throws {
        try checkpoint.checkSegments(for: texts.lazy.map(\.pair))
        if long == .refuse { _ = try parts(texts, long: long) }
    }

    /// What is wrong with a text that is longer than the limit.
    package func tooLong(_ text: TextInput) -> OfframpError {
        let tokens = tokenizer.encode(text, maximumLength: .max).ids.count
        return OfframpError(
            .data, at: "text", found: "\(tokens) tokens",
            expected: "at most \(tokenizer.maximumLength)")
    }

    private func onAllWorkers<Result: Sendable>(
        _ texts: [TextInput], _ encode: @escaping @Sendable (TextInput) -> Result
    ) throws -> [Result] {
        try checkpoint.checkSegments(for: texts.lazy.map(\.pair))
        let starts = Array(stride(from: 0, to: texts.count, by: Self.textsPerPiece))
        return engine.workers.map(starts.count) { piece in
            texts[starts[piece]..<min(starts[piece] + Self.textsPerPiece, texts.count)].map(encode)
        }.flatMap(\.self)
    }

    /// What every exit says about texts, beside the right answers, judged by the model's first metric.
    ///
    /// - Throws: `OfframpError` (`data`), as `encode` does.
    package func trace(_ texts: [TextInput], gold: Gold? = nil) throws -> Trace {
        engine.trace(try encode(texts), gold: gold).judged(by: metrics[0])
    }
}
