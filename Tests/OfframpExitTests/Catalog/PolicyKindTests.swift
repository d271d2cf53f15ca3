import OfframpExit
import OfframpFiles
import Testing

@Suite struct PolicyKindTests {
    static let context = PolicyContext(outputCount: 3, depths: [0, 2, 4, 6])

    static let mistakes: [(policy: String, message: String)] = [
        ("", "policy: found no name, expected one of \(names)"),
        ("speed:1", "policy: found \"speed\", expected one of \(names)"),
        ("Entropy:1", "policy: found \"Entropy\", expected one of \(names)"),
        ("full:1", "policy full:1: found 1 number, expected nothing behind the name"),
        ("depth", "policy depth: found 0 numbers, expected one of 0, 2, 4, 6"),
        ("depth:3", "policy depth:3: found 3, expected one of 0, 2, 4, 6"),
        ("entropy", "policy entropy: found 0 numbers, expected \(atLeast0)"),
        ("entropy:", "policy entropy:: found 0 numbers, expected \(atLeast0)"),
        ("entropy:-1", "policy entropy:-1: found -1, expected \(atLeast0)"),
        ("entropy:0.1,0.2", "policy entropy:0.1,0.2: found 2 numbers, expected \(atLeast0)"),
        ("entropy:0.1,,0.2", "policy entropy:0.1,,0.2: found nothing, expected \(atLeast0)"),
        ("entropy:nan", "policy entropy:nan: found option nan, expected no option"),
        ("confidence:1.5", "policy confidence:1.5: found 1.5, expected \(share)"),
        ("confidence:-inf", "policy confidence:-inf: found -inf, expected \(share)"),
        ("confidence:1e999", "policy confidence:1e999: found 1e999, expected \(share)"),
        (
            "confidence:0.9,surest",
            "policy confidence:0.9,surest: found option surest, expected of options only most-confident"
        ),
        (
            "confidence:0.9,most-confident=1",
            "policy confidence:0.9,most-confident=1: found a value for most-confident, expected most-confident"
        ),
        (
            "uncertainty:0.5,top=9",
            "policy uncertainty:0.5,top=9: found 9, expected top=N, N from 2 to 3"
        ),
        (
            "uncertainty:0.5,top",
            "policy uncertainty:0.5,top: found top without a value, expected top=N, N from 2 to 3"
        ),
        (
            "uncertainty:0.5,top=2,top=3",
            "policy uncertainty:0.5,top=2,top=3: found an option twice, expected it once"
        ),
        ("patience:0", "policy patience:0: found 0, expected a whole number from 1 to 3"),
        ("patience:4", "policy patience:4: found 4, expected a whole number from 1 to 3"),
        ("patience:1.5", "policy patience:1.5: found 1.5, expected a whole number from 1 to 3"),
        (
            "patience:1,tolerance=1",
            "policy patience:1,tolerance=1: found a tolerance, expected patience:N, as labels agree or do not"
        ),
    ]
    static let names = PolicyKind.catalog.map(\.name).joined(separator: ", ")
    static let atLeast0 = "a number of at least 0, or one for each of the 3 inner exits"
    static let share = "a number from 0 to 1, or one for each of the 3 inner exits"

    @Test(arguments: mistakes)
    func `says what is allowed instead of a mistake`(_ policy: String, _ message: String) {
        let error = #expect(throws: OfframpError.self) {
            try PolicyKind.policy(policy, for: Self.context)
        }
        #expect(error?.description == message)
        #expect(error?.kind == .usage)
    }

    @Test func `a regression needs a tolerance`() {
        let context = PolicyContext(task: .regression, outputCount: 1, depths: [1, 2])
        let error = #expect(throws: OfframpError.self) {
            try PolicyKind.policy("patience:1", for: context)
        }
        #expect(error?.expected == "patience:N,tolerance=X")
    }

    @Test func `thresholds are one or one for each inner exit`() throws {
        for text in ["entropy:0.5", "entropy:0.5,0.25,0.125"] {
            #expect(try PolicyKind.policy(text, for: Self.context).name == text)
        }
    }

    @Test func `a model with one exit takes every policy`() throws {
        let context = PolicyContext(outputCount: 2, depths: [6])
        let trace = Trace([[[0, 1]]], depths: [6])
        for text in ["full", "depth:6", "entropy:0.5", "patience:1", "ensemble:0.9"] {
            let answer = trace.replay(try PolicyKind.policy(text, for: context))[0]
            #expect(answer.depth == 6)
        }
    }

    @Test func `the ensemble takes the learned weights of the checkpoint`() throws {
        let learned = try EnsembleWeights(
            exits: 1, labels: 2, weights: [0], biases: [0, 3])
        let context = PolicyContext(
            outputCount: 2, depths: [6], learned: ["ensemble": learned.json])
        let trace = Trace([[[1, 0]]], depths: [6])
        let policy = try PolicyKind.policy("ensemble:0.9", for: context)
        #expect(trace.replay(policy)[0].prediction.label == 1)
    }
}
