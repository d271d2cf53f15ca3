import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import TestModels
import Testing

@Suite struct EngineTests {
    private static let depths = [[0, 1, 2], [0], [2], [0, 2], [0, 1]]
    private static let labels: ModelTask = .classification(["bad", "fair", "good"])

    private static func engine(
        _ kind: HeadKind = .mean, depths: [Int] = [0, 1, 2], task: ModelTask = labels,
        workers: Int = 2, tokens: Int = 64, precision: Precision? = nil
    ) throws -> Engine {
        Engine(
            model: try SmallModel.model(
                kind, depths: depths, outputCount: task.outputCount, precision: precision),
            task: task,
            temperatures: depths.map { 1.5 - 0.2 * Float($0) }, workers: Workers(count: workers),
            cutter: BatchCutter(tokens: tokens))
    }

    /// The policies of every sweep that suit the task.
    private static func policies(_ engine: Engine) throws -> [any ExitPolicy] {
        try EveryPolicy.suiting(engine.task, depths: engine.model.heads.depths)
    }

    @Test(arguments: HeadKind.catalog.map(\.name), depths)
    func `answers as its trace is replayed`(kind: String, depths: [Int]) throws {
        let engine = try Self.engine(HeadKind.named(kind), depths: depths)
        let texts = try SmallModel.texts(30)
        let trace = engine.trace(texts)
        for policy in try Self.policies(engine) {
            #expect(engine.answers(texts, policy: policy) == trace.replay(policy), "\(policy.name)")
        }
    }

    @Test(arguments: Precision.allCases, ["mean", "convolution", "branch", "attentive"])
    func `answers as its trace is replayed in every precision`(precision: Precision, kind: String)
        throws
    {
        let kind = try HeadKind.named(kind)
        let engine = try Self.engine(kind, precision: precision)
        let texts = try SmallModel.texts(60)
        let trace = engine.trace(texts)
        let alone = try Self.engine(kind, workers: 1, tokens: 1, precision: precision)
        for threshold: Float in [0.6, 0.75, 0.9] {
            let policy = Self.confidence(threshold)
            #expect(engine.answers(texts, policy: policy) == trace.replay(policy))
            #expect(alone.answers(texts, policy: policy) == trace.replay(policy))
        }
    }

    @Test func `answers a regression as its trace is replayed`() throws {
        let engine = try Self.engine(task: .regression)
        let texts = try SmallModel.texts(30)
        let trace = engine.trace(texts)
        let policies = try Self.policies(engine)
        #expect(Set(policies.map { String($0.name.prefix(5)) }) == ["full", "depth", "patie"])
        for policy in policies {
            #expect(engine.answers(texts, policy: policy) == trace.replay(policy), "\(policy.name)")
        }
    }

    /// Heads then run for some of the texts of a batch, which `answers as its trace is replayed` holds against the trace.
    @Test func `texts choose different exits in these tests`() throws {
        let engine = try Self.engine(tokens: 10_000)
        let policies = try Self.policies(engine).filter { $0.name.hasPrefix("predicted") }
        let exits = try policies.map { policy in
            Set(engine.answers(try SmallModel.texts(30), policy: policy).map(\.exitIndex))
        }
        #expect(exits.contains([0, 1, 2]))
    }

    @Test func `uses every exit in these tests`() throws {
        let engine = try Self.engine()
        let policy = Self.confidence(0.75)
        let exits = engine.answers(try SmallModel.texts(60), policy: policy).map(\.exitIndex)
        #expect(Set(exits) == [0, 1, 2])
    }

    @Test(arguments: [1, 64, 10_000], [1, 2, 5])
    func `answers alike at any batch size, number of workers and order`(tokens: Int, workers: Int)
        throws
    {
        let texts = try SmallModel.texts(60)
        for kind in [HeadKind.mean, .pooler, .meanCascade] {
            let expected = try Self.engine(kind).answers(texts, policy: Self.confidence(0.75))
            let engine = try Self.engine(kind, workers: workers, tokens: tokens)
            var random = RandomSource(seed: UInt64(tokens + workers))
            for order in [Array(texts.indices), texts.indices.shuffled(using: &random)] {
                let answers = engine.answers(order.map { texts[$0] }, policy: Self.confidence(0.75))
                #expect(answers == order.map { expected[$0] })
            }
        }
    }

    @Test func `answers a text as if it were alone`() throws {
        let engine = try Self.engine()
        let texts = try SmallModel.texts(20)
        let alone = texts.flatMap { engine.answers([$0], policy: Self.confidence(0.75)) }
        #expect(engine.answers(texts, policy: Self.confidence(0.75)) == alone)
    }

    @Test(arguments: HeadKind.catalog.filter { !$0.isChained }.map(\.name))
    func `asks a head about some texts as about all`(kind: String) throws {
        let model = try SmallModel.model(HeadKind.named(kind))
        let batch = PackedBatch(try SmallModel.texts(9))
        var (all, some) = (ForwardPass(model, batch), ForwardPass(model, batch))
        for (exit, rows) in [[1, 4, 8], [0], [2, 3]].enumerated() {
            let expected = all.output(ofExit: exit).logits
            let found = some.output(ofExit: exit, rows: rows).logits
            #expect(rows.indices.map { found.row($0) } == rows.map { expected.row($0) })
        }
    }

    @Test func `answers no texts with no answers`() throws {
        let engine = try Self.engine()
        #expect(engine.answers([], policy: Self.confidence(0.75)).isEmpty)
        #expect(engine.trace([]).textCount == 0)
    }

    @Test(arguments: [[0], [0, 1], [1]])
    func `never runs a layer beyond the last exit`(depths: [Int]) throws {
        let answers = try Self.engine(depths: depths)
            .answers(SmallModel.texts(8), policy: Self.confidence(1))
        #expect(answers.allSatisfy { $0.depth == depths.last })
    }

    private static func confidence(_ threshold: Float) -> any ExitPolicy {
        let context = PolicyContext(outputCount: 3, depths: [0, 1, 2])
        do { return try PolicyKind.policy("confidence:\(threshold)", for: context) } catch {
            preconditionFailure("\(error)")
        }
    }
}
