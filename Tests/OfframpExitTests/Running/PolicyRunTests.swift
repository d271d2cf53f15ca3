import OfframpExit
import Testing

@Suite struct PolicyRunTests {
    /// Stays at every exit, the last included.
    struct NeverSure: ExitPolicy {
        let name = "never-sure"
        func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool { false }
    }

    /// Stays once for each text, by its own memory, and answers what no exit says.
    struct SecondLook: ExitPolicy {
        let name = "second-look"
        func begin() -> Int { 0 }
        func decide(_ exit: ExitObservation, _ looks: inout Int) -> Bool {
            looks += 1
            return looks == 2
        }
        func answer(_ exit: ExitObservation, _ looks: Int) -> Prediction {
            Prediction(probabilities: [0, 1])
        }
    }

    @Test func `the last exit answers for a policy that never does`() {
        let trace = Trace([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
        let answers = trace.replay(NeverSure())
        #expect(answers.map(\.exitIndex) == [1, 1])
        #expect(answers.map(\.prediction.label) == [1, 0])
    }

    @Test func `a policy answers with its own prediction`() {
        let trace = Trace([[[9, 0], [9, 0], [9, 0]]])
        let answer = trace.replay(SecondLook())[0]
        #expect(
            answer == Answer(prediction: Prediction(probabilities: [0, 1]), at: place(1, of: 3)))
    }

    @Test func `a step says which rows stay and which texts they are`() {
        var run = PolicyRun(Confidence(Thresholds(0.9)), texts: 4)
        #expect(
            run.step(output(0, [[0, 0], [9, 0], [0, 0], [0, 0]]), readers: [0, 1, 2, 3]) == [
                0, 2, 3,
            ])
        #expect(run.remaining == [0, 2, 3])
        #expect(run.step(output(1, [[9, 0], [0, 0], [9, 0]]), readers: [0, 1, 2]) == [1])
        #expect(run.remaining == [2])
        #expect(run.step(output(2, [[0, 1]]), readers: [0]) == [])
        #expect(run.finish().map(\.exitIndex) == [1, 0, 2, 1])
    }

    static let readings: [(policy: any ExitPolicy, reads: [Bool])] = [
        (Full(), [false, false, true]),
        (FixedDepth(2), [false, true, true]),
        (Entropy(Thresholds(0.1)), [true, true, true]),
    ]

    @Test func `heads that nobody reads need not run`() {
        for (policy, reads) in Self.readings {
            var run = PolicyRun(policy, texts: 1)
            #expect((0..<3).map { run.reach(place($0, of: 3)) == [0] } == reads)
        }
    }

    /// Leaves at an exit that the text's own first logit names.
    struct Named: ExitPolicy {
        let name = "named"
        func begin() -> Int? { nil }
        func reads(_ exit: ExitPlace, _ chosen: Int?) -> Bool {
            chosen.map { $0 == exit.index } ?? true
        }
        func decide(_ exit: ExitObservation, _ chosen: inout Int?) -> Bool {
            chosen = chosen ?? exit.logits.first.map { Int($0) }
            return chosen == exit.place.index
        }
    }

    @Test func `each text looks at exits of its own`() {
        var run = PolicyRun(Named(), texts: 4)
        #expect(run.reach(place(0, of: 4)) == [0, 1, 2, 3])
        #expect(
            run.step(
                output(0, [[2, 0], [1, 0], [0, 0], [3, 0]], of: 4), readers: [0, 1, 2, 3]) == [
                    0, 1, 3,
                ])
        #expect(run.reach(place(1, of: 4)) == [1])
        #expect(run.step(output(1, [[0, 9]], of: 4), readers: [1]) == [0, 2])
        #expect(run.reach(place(2, of: 4)) == [0])
        #expect(run.step(output(2, [[0, 9]], of: 4), readers: [0]) == [1])
        #expect(run.reach(place(3, of: 4)) == [0])
        #expect(run.step(output(3, [[9, 0]], of: 4), readers: [0]) == [])
        let answers = run.finish()
        #expect(answers.map(\.exitIndex) == [2, 1, 0, 3])
        #expect(answers.map(\.unread) == [[1], [], [], [1, 2]])
        #expect(answers.map(\.prediction.label) == [1, 1, 0, 0])
    }

    /// A policy that would leave on anything does not leave at an exit that has said nothing.
    @Test func `an exit of which nothing is known lets nobody leave`() {
        var run = PolicyRun(FixedDepth(1), texts: 2)
        let place = place(0, of: 3)
        run.miss(
            .unknown(place, task: .classification, outputCount: 2, texts: 2, hasSignals: false),
            readers: [0, 1])
        #expect(run.remaining == [0, 1] && run.answers == [nil, nil])
    }

    @Test func `a policy sees an exit of which nothing is known`() throws {
        var run = PolicyRun(SecondLook(), texts: 1)
        let signals = ExitOutput.unknown(
            place(0, of: 3), task: .classification, outputCount: 2, texts: 1, hasSignals: true)
        #expect(signals.signals?.count == 1 && signals.logits.allSatisfy(\.isNaN))
        run.miss(signals, readers: [0])
        #expect(run.step(output(1, [[0, 9]]), readers: [0]) == [])
    }

    @Test func `a batch of no texts has no answers`() {
        #expect(PolicyRun(Full(), texts: 0).finish().isEmpty)
    }

    private func output(_ exit: Int, _ logits: [[Float]], of exits: Int = 3) -> ExitOutput {
        ExitOutput(place: place(exit, of: exits), outputCount: 2, logits: logits.flatMap(\.self))
    }
}
