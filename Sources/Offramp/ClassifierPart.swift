import OfframpEngine
import OfframpExit
import OfframpTensor

/// One part of a checkpoint that was split between two layers, `offramp convert --split`: it answers the texts that its
/// exits are sure of, and hands the others on to the next part as hidden states.
///
/// ```swift
/// let edge = try ClassifierPart("parts/part-1")
/// let cloud = try ClassifierPart("parts/part-2")
/// let step = try edge.classify(["a truly wonderful film", "it never quite comes together"])
/// let answers = try step.joined(with: cloud.classify(step.handedOn)).answers
/// ```
///
/// Under the same policy the parts answer what the unsplit checkpoint answers, to the bit where hidden states travel as
/// 32-bit floats. Distributed branches: Teerapittayanon et al. 2017 (Distributed Deep Neural Networks).
public struct ClassifierPart: Sendable {
    private let model: LoadedPart
    private let policy: any ExitPolicy
    /// What is read of long texts; windows are refused.
    public private(set) var longTexts = LongTexts.head

    /// Loads a part. Texts leave early as the checkpoint recommends, or as one of its operating points says.
    ///
    /// - Parameters:
    ///   - folder: of the part.
    ///   - speed: an operating point of the checkpoint; `nil` for its default.
    ///   - method: the heads to use, by the method that trained them; `nil` for `offramp` where it is there, else the
    ///     first.
    ///   - precision: what layers compute in; `nil` for the fastest that kept the accuracy.
    ///   - threads: how many share the work; `nil` for one per processor.
    /// - Throws: `OfframpError`: `noInput` for what is missing, `data` for what is broken or no part, `usage` for a name
    ///   that the part does not have.
    public init(
        _ folder: String, speed: Speed? = nil, method: String? = nil, precision: Precision? = nil,
        threads: Int? = nil
    ) throws {
        let model = try LoadedPart(folder, method, precision, threads)
        let policy = try speed.map { try model.settings.operatingPoint($0.rawValue) }
        try self.init(model, policy: policy)
    }

    /// Loads a part. Texts leave early by a policy such as `confidence:0.9` or `patience:2`.
    ///
    /// - Parameters:
    ///   - folder: of the part.
    ///   - policy: as `--policy` of the command line takes it.
    ///   - method: the heads to use, by the method that trained them.
    ///   - precision: what layers compute in; `nil` for the fastest that kept the accuracy.
    ///   - threads: how many share the work; `nil` for one per processor.
    /// - Throws: `OfframpError`, as above; `usage` for a policy that cannot be read.
    public init(
        _ folder: String, policy: String, method: String? = nil, precision: Precision? = nil,
        threads: Int? = nil
    ) throws {
        try self.init(LoadedPart(folder, method, precision, threads), policy: policy)
    }

    /// Loads a part. Texts leave early by a policy of your own.
    ///
    /// - Parameters:
    ///   - folder: of the part.
    ///   - policy: asked for every text at every exit that the text reaches, in this part or before it, unless it does
    ///     not look there.
    ///   - method: the heads to use, by the method that trained them.
    ///   - precision: what layers compute in; `nil` for the fastest that kept the accuracy.
    ///   - threads: how many share the work; `nil` for one per processor.
    /// - Throws: `OfframpError`, as above.
    public init(
        _ folder: String, policy: some ExitPolicy, method: String? = nil,
        precision: Precision? = nil, threads: Int? = nil
    ) throws {
        self.init(try LoadedPart(folder, method, precision, threads), policy)
    }

    private init(_ model: LoadedPart, policy: String?) throws {
        self.init(
            model, try PolicyKind.policy(policy ?? model.settings.policy, for: model.context))
    }

    private init(_ model: LoadedPart, _ policy: any ExitPolicy) {
        (self.model, self.policy) = (model, policy)
    }
}

extension ClassifierPart {
    /// Classifies texts as far as the first part goes, in batches of similar length on all threads.
    ///
    /// - Throws: `OfframpError`: `data` for pairs where the model reads single texts only; `usage` in a later part,
    ///   which begins with hidden states, and where long texts are read in windows.
    public func classify(_ texts: [String]) throws -> PartAnswers {
        try classify(texts.map { TextInput($0) })
    }

    /// Classifies inputs, pairs of texts for example, as far as the first part goes.
    ///
    /// - Throws: `OfframpError`, as above.
    public func classify(_ inputs: [TextInput]) throws -> PartAnswers {
        let texts = try model.encodings(inputs, long: longTexts)
        return answers(model.engine.outcome(texts, policy: policy), texts.map(\.isTruncated))
    }

    /// Classifies what the part before has handed on.
    ///
    /// The policy first hears what the exits so far have said, as if they were in this part: it decides as in the whole
    /// model, and a bolder one than that of the part before may let a text leave right there. Texts may also come from
    /// a part with other exits on the same encoder, those of another method for example. What such an exit has said
    /// counts for nothing here; the policy begins anew, as if it had heard NaN.
    ///
    /// - Throws: `OfframpError`: `data` for hidden states of another depth or another encoder, and without the logits
    ///   that a head of this part reads from the exit before it.
    public func classify(_ handedOn: HandedOn) throws -> PartAnswers {
        let states = try model.states(handedOn)
        return answers(model.engine.outcome(states, policy: policy), handedOn.areTruncated)
    }

    private func answers(_ outcome: PartOutcome, _ areTruncated: [Bool]) -> PartAnswers {
        PartAnswers(
            answers: zip(outcome.answers, areTruncated).map { answer, isTruncated in
                answer.map { Classification($0, model.task, isTruncated: isTruncated) }
            },
            handedOn: model.handedOn(outcome, areTruncated: areTruncated))
    }
}

extension ClassifierPart {
    /// The labels' names, in the order of `Classification.probabilities`; none in a regression.
    public var labels: [String] { model.task.labelNames }

    /// The depth that the part begins with, 0 for texts, and the one that it ends with.
    public var depths: ClosedRange<Int> { model.part.depths }

    /// The depths in the part at which texts can leave, ascending.
    public var exitDepths: [Int] { model.engine.model.ownPlaces.map(\.depth) }

    /// The number of the part, counted from 1.
    public var number: Int { model.part.number }

    /// How many parts the checkpoint was split into.
    public var partCount: Int { model.part.count }

    /// The same loaded part under another policy; costs nothing.
    ///
    /// - Parameter policy: as `--policy` of the command line takes it.
    /// - Throws: `OfframpError` (`usage`) for a policy that cannot be read.
    public func with(policy: String) throws -> ClassifierPart {
        try ClassifierPart(model, policy: policy).with(longTexts: longTexts)
    }

    /// The same part, reading something else of long texts; costs nothing.
    public func with(longTexts: LongTexts) -> ClassifierPart {
        var copy = self
        copy.longTexts = longTexts
        return copy
    }
}

extension LoadedPart {
    fileprivate init(
        _ folder: String, _ method: String?, _ precision: Precision?, _ threads: Int?
    ) throws {
        try self.init(
            Checkpoint(part: folder), method: method, precision: precision,
            workers: Workers(threads: threads))
    }
}
