import OfframpEngine
import OfframpExit
import OfframpTensor

/// A checkpoint at work: texts in, labels out.
///
/// ```swift
/// let classifier = try Classifier("checkpoints/sst2")
/// let answer = try classifier.classify("a truly wonderful film")
/// print(answer.label, answer.probability, answer.depth)
/// ```
///
/// The answer to a text depends neither on the other texts of a call nor on the number of threads. A
/// classifier is immutable; one may serve any number of threads.
public struct Classifier: Sendable {
    package let model: LoadedModel
    package let policy: any ExitPolicy
    /// What is read of long texts.
    public private(set) var longTexts = LongTexts.head

    /// Loads a checkpoint. Texts leave early as it recommends, or as one of its operating points says.
    ///
    /// - Parameters:
    ///   - checkpoint: the folder.
    ///   - speed: an operating point of the checkpoint; `nil` for its default.
    ///   - method: the heads to use, by the method that trained them; `nil` for `offramp` where it is
    ///     there, else the first.
    ///   - precision: what layers compute in; `nil` for the fastest that kept the accuracy.
    ///   - threads: how many share the work; `nil` for one per processor.
    /// - Throws: `OfframpError`: `noInput` for what is missing, `data` for what is broken, `usage` for
    ///   a name that the checkpoint does not have.
    public init(
        _ checkpoint: String, speed: Speed? = nil, method: String? = nil,
        precision: Precision? = nil, threads: Int? = nil
    ) throws {
        let model = try LoadedModel(checkpoint, method, precision, threads)
        let policy = try speed.map { try model.settings.operatingPoint($0.rawValue) }
        try self.init(model, policy: policy)
    }

    /// Loads a checkpoint. Texts leave early by a policy such as `confidence:0.9` or `entropy:0.3`.
    ///
    /// - Parameters:
    ///   - checkpoint: the folder.
    ///   - policy: as `--policy` of the command line takes it.
    ///   - method: the heads to use, by the method that trained them.
    ///   - precision: what layers compute in; `nil` for the fastest that kept the accuracy.
    ///   - threads: how many share the work; `nil` for one per processor.
    /// - Throws: `OfframpError`, as above; `usage` for a policy that cannot be read.
    public init(
        _ checkpoint: String, policy: String, method: String? = nil, precision: Precision? = nil,
        threads: Int? = nil
    ) throws {
        try self.init(LoadedModel(checkpoint, method, precision, threads), policy: policy)
    }

    /// Loads a checkpoint. Texts leave early by a policy of your own.
    ///
    /// - Parameters:
    ///   - checkpoint: the folder.
    ///   - policy: asked for every text at every exit that the text reaches, unless it does not look there.
    ///   - method: the heads to use, by the method that trained them.
    ///   - precision: what layers compute in; `nil` for the fastest that kept the accuracy.
    ///   - threads: how many share the work; `nil` for one per processor.
    /// - Throws: `OfframpError`, as above.
    public init(
        _ checkpoint: String, policy: some ExitPolicy, method: String? = nil,
        precision: Precision? = nil, threads: Int? = nil
    ) throws {
        self.init(try LoadedModel(checkpoint, method, precision, threads), policy)
    }

    /// Puts a policy on a loaded model.
    ///
    /// - Parameter policy: as the catalog reads it; `nil` for the model's default.
    /// - Throws: `OfframpError` (`usage`) for a policy that cannot be read.
    package init(_ model: LoadedModel, policy: String? = nil) throws {
        self.init(
            model,
            try PolicyKind.policy(policy ?? model.settings.policy, for: model.context))
    }

    private init(_ model: LoadedModel, _ policy: any ExitPolicy) {
        self.model = model
        self.policy = policy
    }
}

extension Classifier {
    /// The same loaded checkpoint under another policy; costs nothing.
    ///
    /// - Parameter policy: as `--policy` of the command line takes it.
    /// - Throws: `OfframpError` (`usage`) for a policy that cannot be read.
    public func with(policy: String) throws -> Classifier {
        try Classifier(model, policy: policy).with(longTexts: longTexts)
    }

    /// The same loaded checkpoint under a policy of your own; costs nothing.
    public func with(policy: some ExitPolicy) -> Classifier {
        Classifier(model, policy).with(longTexts: longTexts)
    }

    /// The same classifier, reading something else of long texts; costs nothing.
    public func with(longTexts: LongTexts) -> Classifier {
        var copy = self
        copy.longTexts = longTexts
        return copy
    }

    /// The labels' names, in the order of `Classification.probabilities`; none in a regression.
    public var labels: [String] { model.task.labelNames }

    /// The depths at which texts can leave, ascending; the last is the full model.
    public var depths: [Int] { model.settings.depths }
}

extension LoadedModel {
    fileprivate init(
        _ path: String, _ method: String?, _ precision: Precision?, _ threads: Int?
    ) throws {
        let workers = try Workers(threads: threads)
        let checkpoint = try Checkpoint(path)
        try self.init(
            checkpoint, try method.map(checkpoint.settings), precision: precision,
            workers: workers)
    }
}
