import Glibc
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import TestFiles
import Testing

@Suite(
    .serialized,
    .enabled(if: ShippedCheckpoint.isAvailable, ShippedCheckpoint.reason),
    .enabled(if: RealData.isAvailable, RealData.reason))
struct ShippedCheckpointTests {
    private let checkpoint: Checkpoint

    init() throws { checkpoint = try Checkpoint(ShippedCheckpoint.folder) }

    private func texts() throws -> [Encoding] {
        let tokenizer = try checkpoint.tokenizer()
        return try MappedFile(path: RealData.path("sst2/dev.tsv")).withBytes { bytes in
            bytes.split(separator: UInt8(ascii: "\n")).dropFirst().map { line in
                let sentence = line.prefix { $0 != UInt8(ascii: "\t") }
                return tokenizer.encode(String(decoding: sentence, as: UTF8.self))
            }
        }
    }

    private func engine(
        _ settings: ExitSettings, _ precision: Precision, workers: Int = 2,
        tokens: Int = Engine.defaultBatchTokens
    ) throws -> Engine {
        try LoadedModel(
            checkpoint, settings, precision: precision, workers: Workers(count: workers)
        ).with(batchTokens: tokens).engine
    }

    private func policies(_ settings: ExitSettings) throws -> [any ExitPolicy] {
        let context = settings.context(for: try checkpoint.requiredTask())
        // The default is mostly one of the operating points.
        let others = settings.operatingPoints.compactMap(\.value.string)
            .filter { $0 != settings.policy }
        return try ([settings.policy] + others).map { try PolicyKind.policy($0, for: context) }
    }

    @Test(arguments: Precision.allCases)
    func `answers as its trace is replayed, with every method and operating point`(
        precision: Precision
    ) throws {
        let texts = try texts()
        for method in checkpoint.methods {
            let settings = try checkpoint.settings(method)
            // Only the default method in every precision: the others take minutes.
            let isDefault = try method == checkpoint.defaultMethod()
            guard isDefault || precision == settings.precision else { continue }
            let engine = try engine(settings, precision)
            let trace = engine.trace(texts)
            for policy in try policies(settings) {
                let answers = engine.answers(texts, policy: policy)
                #expect(answers == trace.replay(policy), "\(method) \(policy.name)")
            }
        }
    }

    @Test(arguments: Precision.allCases, [(1, 2), (10_000, 5)])
    func `gives every text the same label and exit in any batch, order and number of workers`(
        precision: Precision, size: (tokens: Int, workers: Int)
    ) throws {
        let texts = try texts()
        let settings = try checkpoint.settings(checkpoint.defaultMethod())
        let policy = try policies(settings)[0]
        let expected = try engine(settings, precision).answers(texts, policy: policy)
        var random = RandomSource(seed: 7)
        let order = texts.indices.shuffled(using: &random)
        let other = try engine(
            settings, precision, workers: size.workers, tokens: size.tokens)
        let answers = other.answers(order.map { texts[$0] }, policy: policy)
        #expect(answers.map(\.exitIndex) == order.map { expected[$0].exitIndex })
        #expect(answers.map(\.prediction.label) == order.map { expected[$0].prediction.label })
    }
}
