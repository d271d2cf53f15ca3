import OfframpExit
import OfframpFiles
import OfframpTensor
import Testing

/// What every policy must hold. A new policy adds one row to `table`.
@Suite struct PolicyConformanceTests {
    /// A policy as it is written, and how it is written for a regression if it can decide on one.
    struct Row: Sendable, CustomTestStringConvertible {
        let classification: String
        var regression: String?
        /// Whether it looks at what the exits say; if not, it may leave on anything.
        var listens = true
        var testDescription: String { classification }
    }

    static let table = [
        Row(classification: "full", regression: "full"),
        Row(classification: "depth:2", regression: "depth:2", listens: false),
        Row(classification: "entropy:0.6"),
        Row(classification: "entropy:0.3,0.4,0.5,0.6,0.7,0.8"),
        Row(classification: "uncertainty:0.7"),
        Row(classification: "uncertainty:0.5,top=2"),
        Row(classification: "confidence:0.8"),
        Row(classification: "confidence:0.9,most-confident"),
        Row(classification: "patience:1", regression: "patience:1,tolerance=0.5"),
        Row(classification: "patience:3", regression: "patience:3,tolerance=0.5"),
        Row(classification: "patience-confidence:2,0.9"),
        Row(classification: "patience-confidence:3,0.9,top=2"),
        Row(classification: "similarity:1,0.1"),
        Row(classification: "similarity:2,0.2"),
        Row(classification: "agreement:0.8"),
        Row(classification: "agreement:0.3,0.4,0.5,0.6,0.7,0.8"),
        Row(classification: "ensemble:0.6"),
        Row(classification: "beem:0.3"),
        Row(classification: "stable:1"),
        Row(classification: "stable:0.25"),
        Row(classification: "quota:0.5"),
        Row(classification: "gates:0.1"),
        Row(classification: "predicted:0.05"),
        Row(classification: "learned:0.4", regression: "learned:0.4"),
        Row(classification: "halting:0.5", regression: "halting:0.5"),
        Row(classification: "halting:0.9,sum,mixture", regression: "halting:0.9,sum,mixture"),
    ]

    @Test func `the table covers the catalog`() {
        let covered = Set(Self.table.map { $0.classification.prefix { $0 != ":" } })
        #expect(covered == Set(PolicyKind.catalog.map { $0.name[...] }))
    }

    @Test(arguments: table) func `prints the name that it is read from`(_ row: Row) throws {
        #expect(try policy(row.classification, for: .random()).name == row.classification)
    }

    @Test(arguments: table) func `answers every text at the last exit at the latest`(_ row: Row)
        throws
    {
        for trace in [Trace.random(), undecided] {
            let answers = trace.replay(try policy(row.classification, for: trace))
            #expect(answers.count == trace.textCount)
            #expect(answers.allSatisfy { trace.depths[$0.exitIndex] == $0.depth })
        }
    }

    @Test(arguments: table) func `answers alone as among others`(_ row: Row) throws {
        let trace = Trace.random()
        let policy = try policy(row.classification, for: trace)
        let together = trace.replay(policy)
        for text in 0..<trace.textCount {
            #expect(trace.gathered([text]).replay(policy) == [together[text]])
        }
    }

    @Test(arguments: table) func `answers the same in any order`(_ row: Row) throws {
        let trace = Trace.random()
        let policy = try policy(row.classification, for: trace)
        let together = trace.replay(policy)
        var random = RandomSource(seed: 5)
        let order = (0..<trace.textCount).shuffled(using: &random)
        #expect(trace.gathered(order).replay(policy) == order.map { together[$0] })
    }

    @Test(arguments: table) func `answers the same twice`(_ row: Row) throws {
        let trace = Trace.random()
        let policy = try policy(row.classification, for: trace)
        #expect(trace.replay(policy) == trace.replay(policy))
    }

    @Test(arguments: table) func `answers as if a text had to leave where it does`(_ row: Row)
        throws
    {
        let trace = Trace.random()
        let policy = try policy(row.classification, for: trace)
        let answers = trace.replay(policy)
        for depth in trace.depths {
            let forced = trace.replay(policy.leaving(at: depth))
            #expect(forced.allSatisfy { $0.depth == depth })
            for (text, answer) in answers.enumerated() where answer.depth == depth {
                #expect(forced[text].prediction == answer.prediction)
            }
        }
    }

    static let strangeRows: [[Float]] = [
        [0, 0, 0],  // uniform
        [200, 0, 0],  // one-hot: two probabilities are exactly 0
        [3e38, -3e38, 0],  // the difference overflows
        [3e38, 3e38, 3e38],
        [-3e38, -3e38, -3e38],
        [0, -.infinity, -.infinity],  // a label that was ruled out
        [.leastNonzeroMagnitude, 0, -.leastNonzeroMagnitude],
    ]

    @Test(arguments: table) func `gives probabilities on strange but legal logits`(_ row: Row)
        throws
    {
        for first in Self.strangeRows {
            for second in Self.strangeRows {
                let exits = (0..<7).map { $0.isMultiple(of: 2) ? first : second }
                let trace = Trace([exits], depths: sevenDepths)
                let answers = trace.replay(try policy(row.classification, for: trace))
                let total = answers[0].prediction.probabilities.reduce(0, +)
                #expect(abs(total - 1) < 1e-5, "\(first), \(second)")
                #expect(answers[0].prediction.score >= 0.33)
            }
        }
    }

    static let notNumbers: [[Float]] = [
        [.nan, 0, 0], [0, 0, .nan], [.nan, .nan, .nan], [.infinity, 0, 0],
        [-.infinity, -.infinity, -.infinity],
    ]

    @Test(arguments: table) func `never leaves on NaN`(_ row: Row) throws {
        guard row.listens else { return }
        for strange in Self.notNumbers {
            let exits = Array(repeating: strange, count: 6) + [[0, 9, 0]]
            let trace = Trace([exits], depths: sevenDepths)
            let answer = trace.replay(try policy(row.classification, for: trace))[0]
            #expect(answer.depth == 6)
            #expect(answer.prediction.label == 1)
        }
    }

    @Test(arguments: table) func `answers even if every exit says NaN`(_ row: Row) throws {
        let trace = Trace(
            [Array(repeating: [.nan, .nan, .nan], count: 7)], depths: sevenDepths)
        let answer = trace.replay(try policy(row.classification, for: trace))[0]
        #expect(answer.prediction.label == 0)
        #expect(answer.prediction.score.isNaN)
    }

    @Test(arguments: table) func `decides on a regression or refuses it`(_ row: Row) throws {
        let trace = Trace.random(labels: 1, task: .regression)
        if let regression = row.regression {
            let policy = try policy(regression, for: trace)
            #expect(policy.name == regression)
            #expect(trace.replay(policy).allSatisfy { $0.prediction.probabilities.isEmpty })
        } else {
            let error = #expect(throws: OfframpError.self) {
                try policy(row.classification, for: trace)
            }
            #expect(error?.kind == .usage)
            #expect(error?.expected.contains("for regression there are full, depth") ?? false)
        }
    }

    @Test(arguments: table) func `decides on several labels at once or refuses them`(
        _ row: Row
    ) throws {
        let trace = Trace.random(task: .multiLabel)
        let kind = try PolicyKind.named(row.classification.prefix { $0 != ":" })
        guard kind.tasks.contains(.multiLabel), !row.classification.contains("top=") else {
            let error = #expect(throws: OfframpError.self) {
                try policy(row.classification, for: trace)
            }
            #expect(error?.kind == .usage)
            return
        }
        let chosen = try policy(row.classification, for: trace)
        let together = trace.replay(chosen)
        for (text, answer) in together.enumerated() {
            let probabilities = answer.prediction.probabilities
            #expect(
                answer.prediction.labels
                    == probabilities.indices.filter { probabilities[$0] >= 0.5 })
            #expect(trace.gathered([text]).replay(chosen) == [answer])
        }
        guard row.listens else { return }
        let strange = Trace(
            [Array(repeating: [0, .nan, 9], count: 6) + [[9, -9, 9]]], task: .multiLabel,
            depths: sevenDepths)
        #expect(strange.replay(chosen)[0].depth == 6)
        #expect(strange.replay(chosen)[0].prediction.labels == [0, 2])
    }

    @Test(arguments: table) func `leaves earlier and earlier along its sweep`(_ row: Row) throws {
        let trace = Trace.random()
        let name = String(row.classification.prefix { $0 != ":" })
        let policies = try PolicyKind.sweep(name, for: context(of: trace))
        let depths = policies.map { policy in trace.replay(policy).map(\.depth) }
        for (slower, faster) in zip(depths, depths.dropFirst()) {
            #expect(zip(slower, faster).allSatisfy { $0 >= $1 })
        }
        #expect(Set(policies.map(\.name)).count == policies.count)
    }

    /// Every exit contradicts the one before, and none is sure.
    private var undecided: Trace {
        let exits = (0..<7).map { $0.isMultiple(of: 2) ? [0.01, 0, 0] : [0, 0.01, 0] as [Float] }
        return Trace([exits, exits], depths: sevenDepths)
    }
}
