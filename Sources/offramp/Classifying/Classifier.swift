import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// A checkpoint at work: all that stands between a text and its answer.
struct Classifier: Sendable {
    let checkpoint: Checkpoint
    let settings: ExitSettings
    let task: ModelTask
    let tokenizer: Tokenizer
    let engine: Engine
    /// What the layers compute in.
    let precision: Precision
    let policy: any ExitPolicy

    /// Texts that one worker tokenises in one piece.
    private static let textsAPiece = 128

    /// Loads what the options ask for.
    init(_ options: ModelOptions) throws {
        let checkpoint = try Checkpoint(CheckpointFinder.folder(options.checkpoint))
        let settings = try checkpoint.settings(options.method ?? checkpoint.defaultMethod())
        try self.init(
            checkpoint, settings, policy: settings.policyText(options),
            precision: options.precision.precision, workers: options.workers)
    }

    /// Loads a checkpoint with the heads of some settings.
    ///
    /// - Parameter precision: of the layers; `nil` takes what the settings recommend.
    init(
        _ checkpoint: Checkpoint, _ settings: ExitSettings, policy: String,
        precision: Precision? = nil,
        workers: Workers
    ) throws {
        guard let task = checkpoint.task else {
            throw OfframpError(
                .data, at: checkpoint.folder.configuration, found: "no labels",
                expected: "id2label or problem_type")
        }
        self.checkpoint = checkpoint
        self.settings = settings
        self.task = task
        self.precision = precision ?? settings.precision
        self.policy = try PolicyCatalog.policy(policy, for: settings.context(for: task))
        tokenizer = try checkpoint.tokenizer()
        engine = Engine(
            model: try checkpoint.model(settings, self.precision), task: task,
            temperatures: settings.temperatures, workers: workers)
    }

    /// The same classifier with batches of at most so many tokens.
    func with(batchTokens tokens: Int) -> Classifier {
        Classifier(self, cutter: BatchCutter(tokens: tokens))
    }

    private init(_ other: Classifier, cutter: BatchCutter) {
        (checkpoint, settings, task) = (other.checkpoint, other.settings, other.task)
        (tokenizer, policy, precision) = (other.tokenizer, other.policy, other.precision)
        engine = Engine(
            model: other.engine.model, task: task, temperatures: settings.temperatures,
            workers: other.engine.workers, cutter: cutter)
    }

    /// The number of the backbone's layers.
    var layers: Int { checkpoint.configuration.layers }

    /// Tokenises texts on all workers, in order.
    ///
    /// - Throws: `OfframpError` (`data`) for a pair where the model knows one segment only.
    func encode(_ texts: [(text: String, pair: String?)]) throws -> [Encoding] {
        try checkpoint.checkSegments(for: texts.lazy.map(\.pair))
        let starts = Array(stride(from: 0, to: texts.count, by: Self.textsAPiece))
        return engine.workers.map(starts.count) { piece in
            texts[starts[piece]..<min(starts[piece] + Self.textsAPiece, texts.count)].map {
                tokenizer.encode($0.text, pair: $0.pair)
            }
        }.flatMap(\.self)
    }

    /// Answers texts in their order.
    func answers(_ texts: [Encoding]) -> [Answer] { engine.answers(texts, policy: policy) }
}

extension ExitSettings {
    /// The policy that the options ask for, as the catalog reads it.
    func policyText(_ options: ModelOptions) throws -> String {
        if let policy = options.policy { return policy }
        return try options.speed.map(operatingPoint) ?? policy
    }
}
