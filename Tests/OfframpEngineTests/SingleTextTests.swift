import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import TestFiles
import TestModels
import Testing

/// A text alone has no other batch to keep the workers busy: they share its operations.
@Suite(.enabled(if: ShippedCheckpoint.isAvailable, ShippedCheckpoint.reason))
struct SingleTextTests {
    private let checkpoint: Checkpoint
    private let settings: ExitSettings

    init() throws {
        checkpoint = try Checkpoint(ShippedCheckpoint.folder)
        settings = try checkpoint.settings(checkpoint.defaultMethod())
    }

    @Test(arguments: Precision.allCases)
    func `has the same logits to the bit on any number of workers`(precision: Precision) throws {
        let model = try checkpoint.model(settings, precision)
        let alone = try engine(model, Workers(count: 1))
        let others = try [2, 3, 5].map { try engine(model, Workers(count: $0)) }
        for tokens in [2, 3, 7, 8, 12, 25, 57, 131, 512] {
            let text = try text(tokens)
            let expected = Self.bits(alone.trace([text]))
            #expect(expected.count == 2 * settings.depths.count)
            for engine in others {
                let comment: Comment = "\(tokens) tokens, \(engine.workers.count) workers"
                #expect(Self.bits(engine.trace([text])) == expected, comment)
            }
        }
    }

    @Test(arguments: Precision.allCases)
    func `has the same answers exit by exit, wherever it was stopped`(precision: Precision) throws {
        let engine = try engine(try checkpoint.model(settings, precision), Workers(count: 2))
        for tokens in [2, 128, 131, 300] {
            let text = try text(tokens)
            let trace = engine.trace([text])
            var run = AnytimeRun(engine, text, policy: Full())
            for exit in trace.exits {
                // Attention and every 128 rows: asked before each of them.
                let parts = 1 + (tokens + 127) / 128
                if exit.place.depth > 0 {
                    for part in 0..<parts {
                        var asked = 0
                        let stopped = run.next {
                            asked += 1
                            return asked > part
                        }
                        #expect(stopped == nil && asked == part + 1)
                    }
                }
                #expect(run.next()?.prediction == exit.observation(0).prediction)
            }
            #expect(run.next() == nil)
        }
    }

    @Test func `is answered alike by several engines that work at the same time`() async throws {
        let model = try checkpoint.model(settings, .int8)
        let texts = try (2..<60).map(text)
        let policy = try PolicyKind.policy(
            settings.policy, for: PolicyContext(outputCount: 2, depths: settings.depths))
        let expected = try engine(model, Workers(count: 1)).answers(texts, policy: policy)
        let engines = try [.all, .all, Workers(count: 2), Workers(count: 2), Workers(count: 8)]
            .map { try engine(model, $0) }
        let answers = await withTaskGroup(of: [Answer].self) { group in
            for engine in engines {
                group.addTask { texts.flatMap { engine.answers([$0], policy: policy) } }
                group.addTask { engine.answers(texts, policy: policy) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 2 * engines.count)
        #expect(answers.allSatisfy { $0 == expected })
    }

    private func engine(_ model: EarlyExitModel, _ workers: Workers) throws -> Engine {
        Engine(
            model: model, task: try #require(checkpoint.task),
            temperatures: settings.temperatures, workers: workers)
    }

    private static func bits(_ trace: Trace) -> [UInt32] {
        trace.exits.flatMap { $0.logits.map(\.bitPattern) }
    }

    /// Random words, each a token, between the two special ones.
    private func text(_ tokens: Int) throws -> Encoding {
        var random = RandomSource(seed: UInt64(tokens))
        let words = (0..<tokens - 2).compactMap { _ in
            SmallModel.words.randomElement(using: &random)
        }
        let text = try checkpoint.tokenizer().encode(words.joined(separator: " "))
        #expect(text.ids.count == tokens)
        return text
    }
}
