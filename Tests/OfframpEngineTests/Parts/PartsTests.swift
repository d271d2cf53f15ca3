import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

/// The parts of a split checkpoint, held against the whole one.
@Suite struct PartsTests {
    private static let splits = [[1], [2], [3], [1, 3], [1, 2, 3]]
    private static let texts = DeepCheckpoint.texts(90)

    /// Holds the parts against the whole under every policy, and against a model that never lets a text leave.
    private static func expectEqual(
        _ checkpoint: DeepCheckpoint, _ splits: [[Int]], precision: Precision = .float32,
        hasSignals: Bool = false
    ) throws {
        let whole = try checkpoint.whole(precision)
        let encodings = try whole.encode(texts)
        let rows = try splits.map { try checkpoint.row($0, precision: precision) }
        for policy in try checkpoint.policies(hasSignals: hasSignals) {
            let expected = whole.engine.answers(encodings, policy: policy)
            for (split, row) in zip(splits, rows) {
                #expect(try row.answers(texts, policy) == expected, "\(policy.name) \(split)")
            }
        }
    }

    @Test(arguments: HeadKind.catalog.map(\.name))
    func `answer as the whole, with every kind of heads and every policy`(kind: String) throws {
        try Self.expectEqual(DeepCheckpoint(HeadKind.named(kind)), [[2], [1, 3]])
    }

    @Test func `answer as the whole wherever it is split`() throws {
        try Self.expectEqual(DeepCheckpoint(.meanCascade), Self.splits)
    }

    @Test(arguments: ["mean", "meanCascade"])
    func `answer as the whole by their signals`(kind: String) throws {
        let head = kind == "mean" ? HeadKind.mean : .meanCascade
        try Self.expectEqual(
            DeepCheckpoint(head, signal: .own), [[2], [1, 3]], hasSignals: true)
    }

    @Test(arguments: [
        ModelTask.regression, ModelTask(.multiLabel, labelNames: ["film", "song", "play"]),
    ])
    func `answer a number or several labels as the whole`(task: ModelTask) throws {
        try Self.expectEqual(DeepCheckpoint(task: task), [[2], [1, 3]])
    }

    @Test(arguments: ["bert", "distilbert", "electra", "mpnet"], Precision.allCases)
    func `answer as the whole in every family and precision`(family: String, precision: Precision)
        throws
    {
        try Self.expectEqual(
            DeepCheckpoint(family: family), [[2], [1, 2]], precision: precision)
    }

    @Test func `all pass on texts and answer some in these tests`() throws {
        let row = try DeepCheckpoint().row([1, 3])
        let policy = try PolicyKind.policy("confidence:0.7", for: row.parts[0].context)
        let depths = try row.answers(Self.texts, policy).map(\.depth)
        for part in row.parts {
            let own = part.engine.model.ownPlaces.map(\.depth)
            #expect(depths.contains { own.contains($0) }, "\(own)")
        }
    }

    @Test func `answer texts one by one as all together`() throws {
        let row = try DeepCheckpoint(.pair).row([2])
        let policy = try PolicyKind.policy("patience:1", for: row.parts[0].context)
        let alone = try Self.texts.flatMap { try row.answers([$0], policy) }
        #expect(try row.answers(Self.texts, policy) == alone)
    }

    /// What a text chooses at the first exit must not decide what the next part hears of another text.
    @Test func `hand on the same exits in every batch, whatever their policy looks at`() throws {
        let checkpoint = try DeepCheckpoint()
        let row = try checkpoint.row([3])
        let rest = try PolicyKind.policy("patience:1", for: row.parts[1].context)
        for first in try checkpoint.policies() {
            let alone = try Self.texts.flatMap { try row.answers([$0], [first, rest]) }
            #expect(try row.answers(Self.texts, [first, rest]) == alone, "\(first.name)")
        }
    }

    @Test func `a part without an exit hands everything on`() throws {
        let checkpoint = try DeepCheckpoint(.meanCascade, depths: [3, 4])
        let whole = try checkpoint.whole()
        let row = try checkpoint.row([1, 2])
        let policy = try PolicyKind.policy("confidence:0.6", for: whole.context)
        #expect(try row.handedOn(Self.texts, policy).count == Self.texts.count)
        let expected = whole.engine.answers(try whole.encode(Self.texts), policy: policy)
        #expect(try row.answers(Self.texts, policy) == expected)
    }

    @Test func `no texts give no answers, and nothing is handed on`() throws {
        let row = try DeepCheckpoint().row([2])
        let policy = try PolicyKind.policy("confidence:0.7", for: row.parts[0].context)
        #expect(try row.answers([], policy).isEmpty)
        let nothing = try row.handedOn([], policy)
        #expect(nothing.isEmpty && nothing.tokens == 0)
        #expect(try row.parts[1].states(HandedOn(nothing.bytes())).texts.count == 0)
    }

    @Test func `a Hugging Face classifier is split too`() throws {
        let source = try Checkpoint(SmallModel.folder)
        let folder = TemporaryFolder()
        let paths = try source.parts(splitAt: [1]).map { part in
            try CheckpointWriter(folder(part.name), overwriting: false).write(part, of: source)
            return folder(part.name)
        }
        let whole = try LoadedModel(source, precision: .float32)
        let row = try PartRow(paths, precision: .float32)
        let policy = try PolicyKind.policy("full", for: whole.context)
        let expected = whole.engine.answers(try whole.encode(Self.texts), policy: policy)
        #expect(try row.answers(Self.texts, policy) == expected)
    }
}

// MARK: - Policies that differ from part to part

extension PartsTests {
    /// The first part lets nobody leave, so that the rest decides about all texts from what the exits there have said.
    @Test func `the rest answers under its own policy what the whole would`() throws {
        let checkpoint = try DeepCheckpoint()
        let whole = try checkpoint.whole()
        let encodings = try whole.encode(Self.texts)
        let row = try checkpoint.row([2])
        let patient = try PolicyKind.policy("entropy:0", for: whole.context)
        for policy in try checkpoint.policies() {
            let expected = whole.engine.answers(encodings, policy: policy)
            #expect(try row.answers(Self.texts, [patient, policy]) == expected, "\(policy.name)")
        }
    }

    /// An exit that is not the rest's own has told its policy nothing: what the whole answers if the exit says NaN.
    @Test func `behind other exits the policy begins anew`() throws {
        let checkpoint = try DeepCheckpoint(seed: 1)
        let other = try DeepCheckpoint(seed: 2)
        let whole = try checkpoint.whole()
        let row = try other.row(before: checkpoint)
        let patient = try PolicyKind.policy("entropy:0", for: whole.context)
        let trace = whole.engine.trace(try whole.encode(Self.texts))
        let count = trace.textCount * trace.outputCount
        let unheard = Trace(
            depths: trace.depths, outputCount: trace.outputCount,
            logits: trace.exits.map { exit in
                exit.place.depth <= 2 ? Array(repeating: .nan, count: count) : exit.logits
            },
            temperatures: trace.temperatures)
        // A fixed depth listens to no exit: it would leave on anything.
        for policy in try checkpoint.policies() where !policy.name.hasPrefix("depth") {
            let answers = try row.answers(Self.texts, [patient, policy])
            #expect(answers == unheard.replay(policy), "\(policy.name)")
        }
    }

    @Test func `behind other exits a fixed depth that has passed is the full depth`() throws {
        let checkpoint = try DeepCheckpoint(seed: 1)
        let row = try DeepCheckpoint(seed: 2).row(before: checkpoint)
        let context = row.parts[1].context
        let policies = try ["entropy:0", "depth:1"].map { try PolicyKind.policy($0, for: context) }
        let answers = try row.answers(Self.texts, policies)
        #expect(answers.allSatisfy { $0.depth == DeepCheckpoint.layers })
        #expect(answers.allSatisfy { !$0.prediction.score.isNaN })
    }

    /// A first part answers by its own exits, and one rest serves several of them.
    @Test func `several first parts have one rest`() throws {
        let checkpoint = try DeepCheckpoint(seed: 1)
        for seed in [2, 3] as [UInt64] {
            let first = try DeepCheckpoint(depths: [0, 2, 4], seed: seed)
            let whole = try first.whole()
            let row = try first.row(before: checkpoint)
            let policies = try row.parts.map {
                try PolicyKind.policy("confidence:0.6", for: $0.context)
            }
            let own = whole.engine.answers(try whole.encode(Self.texts), policy: policies[0])
            let answers = try row.answers(Self.texts, policies)
            let early = answers.indices.filter { own[$0].depth <= 2 }
            #expect(!early.isEmpty && early.count < answers.count)
            for text in answers.indices {
                #expect((answers[text].depth <= 2) == early.contains(text))
                #expect(answers[text].depth > 2 || answers[text].prediction == own[text].prediction)
            }
        }
    }

    @Test func `heads that read the exit before refuse what comes from other exits`() throws {
        let (checkpoint, other) = (
            try DeepCheckpoint(.meanCascade, seed: 1), try DeepCheckpoint(.meanCascade, seed: 2)
        )
        let row = try other.row(before: checkpoint)
        let policy = try PolicyKind.policy("entropy:0", for: row.parts[0].context)
        let error = failure { try row.answers(Self.texts, policy) }
        #expect(error?.kind == .data)
        #expect(error?.found == "nothing from the exit at depth 2 of offramp")
    }
}
