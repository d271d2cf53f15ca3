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
    package let reader: TextReader
    /// What runs them.
    package let engine: Engine

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
        reader = try TextReader(checkpoint, workers: workers)
        engine = Engine(
            model: try checkpoint.model(settings, precision), task: try checkpoint.requiredTask(),
            temperatures: settings.temperatures, workers: workers)
    }

    private init(_ other: LoadedModel, _ engine: Engine) {
        (checkpoint, settings) = (other.checkpoint, other.settings)
        (precision, reader, self.engine) = (other.precision, other.reader, engine)
    }

    /// The same model with other heads.
    package func with(heads: HeadSet) -> LoadedModel {
        LoadedModel(
            self,
            Engine(
                model: EarlyExitModel(backbone: engine.model.backbone, heads: heads), task: task,
                temperatures: engine.temperatures, workers: engine.workers, cutter: engine.cutter))
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

    /// What turns texts into word pieces.
    package var tokenizer: Tokenizer { reader.tokenizer }

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

    /// Tokenises texts; see `TextReader`.
    package func encode(_ texts: [TextInput]) throws -> [Encoding] { try reader.encode(texts) }

    /// Tokenises texts, long ones in parts; see `TextReader`.
    package func parts(_ texts: [TextInput], long: LongTexts) throws -> [[Encoding]] {
        try reader.parts(texts, long: long)
    }

    /// What every exit says about texts, beside the right answers, judged by the model's first metric.
    ///
    /// - Throws: `OfframpError` (`data`), as `encode` does.
    package func trace(_ texts: [TextInput], gold: Gold? = nil) throws -> Trace {
        engine.trace(try encode(texts), gold: gold).judged(by: metrics[0])
    }
}
