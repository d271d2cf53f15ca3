import OfframpExit
import OfframpFiles
import TestFiles
import Testing

/// Answers worked out in double precision by `Scripts/make-exit-fixtures.py`, which shares no code
/// with the policies.
@Suite struct PolicyGoldenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let trace: Trace
        let policy: String
        let context: PolicyContext
        let exits: [Int]
        let labels: [Int]
        let scores: [Float]
        var testDescription: String { "\(policy), \(context.outputCount) outputs" }
    }

    @Test(arguments: try cases()) func `answers as the formula says`(_ golden: Case) throws {
        let policy = try PolicyKind.policy(golden.policy, for: golden.context)
        let answers = golden.trace.replay(policy)
        #expect(answers.map(\.exitIndex) == golden.exits)
        #expect(answers.map(\.prediction.label) == golden.labels)
        for (answer, score) in zip(answers, golden.scores) {
            #expect(abs(answer.prediction.score - score) < 2e-6)
        }
    }

    static func cases() throws -> [Case] {
        try Fixture.rows("exit-policies.json").flatMap { model in
            let trace = try trace(model)
            let context = context(model, trace)
            return try #require(model["policies"]?.elements).map { row in
                Case(
                    trace: trace, policy: try #require(row["policy"]?.string), context: context,
                    exits: row["exits"].integers, labels: row["labels"].integers,
                    scores: row["scores"].floats)
            }
        }
    }

    private static func trace(_ model: JSON) throws -> Trace {
        Trace(
            depths: model["depths"].integers,
            task: try #require(model["task"]?.string.flatMap(TaskKind.init)),
            outputCount: try #require(model["labels"]?.int),
            logits: try #require(model["logits"]?.elements).map { Optional($0).floats },
            signals: model["signals"]?.elements?.map { Optional($0).floats },
            temperatures: model["temperatures"].floats)
    }

    private static func context(_ model: JSON, _ trace: Trace) -> PolicyContext {
        PolicyContext(
            task: trace.task, outputCount: trace.outputCount, depths: trace.depths,
            hasSignals: model["signals"] != nil, learned: model["learned"] ?? [:])
    }
}

extension JSON? {
    fileprivate var integers: [Int] { self?.elements?.compactMap(\.int) ?? [] }
    fileprivate var floats: [Float] { self?.elements?.compactMap(\.double).map { Float($0) } ?? [] }
}
