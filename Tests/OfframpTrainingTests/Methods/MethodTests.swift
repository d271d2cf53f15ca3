import OfframpExit
import OfframpFiles
import TestFiles
import Testing

@testable import OfframpTraining

@Suite struct MethodTests {
    @Test func `an unknown one is a wrong use, and the error lists those there are`() {
        let error = failure { try Method.named("magic") }
        #expect(error?.kind == .usage)
        for name in Method.names { #expect(error?.expected.contains(name) ?? false) }
    }

    @Test func `put an exit behind every layer, some one before the first`() throws {
        #expect(try Method.named("offramp").depths(layers: 6) == [0, 1, 2, 3, 4, 5, 6])
        #expect(try Method.named("deebert").depths(layers: 3) == [1, 2, 3])
    }

    @Test func `take other heads, another objective for the last stage, and another policy`()
        throws
    {
        let method = try Method.named("deebert").with(
            head: .mean, objective: ObjectiveKind.named("distil"), policy: "ensemble")
        #expect(method.head.kind(pairs: true, frozen: false).name == "mean")
        #expect(method.stages.map(\.objective.name) == ["final", "distil"])
        #expect(method.policy == "ensemble")
    }

    @Test(arguments: [
        ("pabee", "alternating-scores", "heads without a score", "berxit"),
        ("offramp", "distil", "heads which this objective leaves alone", "fastbert, deebert"),
        ("pabee", "final", "heads which this objective leaves alone", "another objective"),
        ("deebert", "final", "heads which this objective leaves alone", "another objective"),
        ("berxit", "scores", "heads which this objective leaves alone", "another objective"),
        ("cdl", "distil", "solved for, one after the other", "fastbert, deebert"),
    ])
    func `refuse an objective that their heads or stages cannot have`(
        method: String, objective: String, found: String, expected: String
    ) throws {
        let error = failure {
            try Method.named(method).with(objective: ObjectiveKind.named(objective))
        }
        #expect(error?.kind == .usage)
        #expect(error?.found.contains(found) ?? false, "\(error?.found ?? "")")
        #expect(error?.expected.contains(expected) ?? false, "\(error?.expected ?? "")")
    }

    /// FastBERT trains such heads at 5e-4, ten times the rate of the backbone; ZTW linear ones at 1e-2.
    @Test func `train small networks at lower rates than linear maps`() throws {
        let own = try Method.named("ztw").stages
        let linear = try Method.named("ztw").with(head: .mean).stages
        let attentive = try Method.named("ztw").with(head: .attentive).stages
        #expect(linear.map { $0.learningRate } == own.map { $0.learningRate })
        #expect(attentive[0].learningRate == own[0].learningRate)
        #expect(attentive[1].learningRate == 1e-3)
        #expect(own[1].learningRate > 1e-3)
        #expect(try Method.named("offramp").frozenStages(.convolution)[0].learningRate == 3e-3)
    }

    @Test func `let the last exit teach alone only where the backbone learns from it`() throws {
        let method = try Method.named("offramp")
        #expect(method.stages.map(\.objective.name) == ["label-distil"])
        #expect(method.frozenStages(.convolution).map(\.objective.name) == ["ensemble-distil"])
    }

    /// A head, the epochs for few texts and for many, the patience, whether there is dropout, and the rate. A small
    /// network has no patience: before the end of its schedule few rows tell better from luckier epochs.
    private static let innerSchedules: [(String, Int, Int, Int?, Bool, Float)] = [
        ("attentive", 6, 3, nil, true, 1e-3), ("convolution", 6, 3, nil, true, 3e-3),
        ("pooler", 60, 10, 8, false, 1e-4),
    ]

    /// Behind fine-tuning and alone alike; the stage's own 3 epochs at 2e-5 are for neither.
    @Test(arguments: innerSchedules)
    func `train DeeBERT's inner exits as on a backbone that never learns`(
        head: String, epochs: Int, onMany: Int, patience: Int?, hasDropout: Bool, rate: Float
    ) throws {
        let method = try Method.named("deebert").with(head: HeadKind.named(head))
        let kind = method.head.kind(pairs: false, frozen: false)
        for (texts, epochs) in [(320, epochs), (320_000, onMany)] {
            let stages = TrainingSettings().stages(of: method, kind, texts: texts)
            #expect(stages.map(\.name) == ["fine-tune", "exits"])
            #expect(stages[0].epochs == 3 && stages[0].patience == nil)
            #expect(stages[1].parts == .innerHeads)
            #expect(stages[1].epochs == epochs && stages[1].patience == patience)
            #expect(stages[1].hasDropout == hasDropout)
            #expect(stages[1].learningRate == rate && stages[1].headFactor == 1)
        }
    }

    /// Batches of 32: epochs of 1,000, 999, 63 and 10 steps. 500 steps are wanted, of at most 20 epochs.
    @Test(arguments: [
        (31_969, true, 5), (31_968, false, 5), (2016, false, 8), (320, false, 20),
    ])
    func `train in cycles of an epoch where it is long, for more epochs where it is short`(
        texts: Int, inCycles: Bool, epochs: Int
    ) throws {
        let method = try Method.named("offramp")
        let stages = TrainingSettings().stages(of: method, .convolution, texts: texts)
        #expect(stages.count == 1)
        #expect(stages[0].averagesCycles == inCycles)
        #expect(stages[0].epochs == epochs)
        #expect(stages[0].flow == Stage.Flow.damped(inCycles ? 0.3 : 0.1))
        #expect(stages[0].wordDeletion == (inCycles ? 0.1 : 0))
    }

    @Test func `have no score where nothing trains one`() throws {
        let method = try Method.named("berxit").with(objective: ObjectiveKind.named("alternating"))
        #expect(method.signal == nil)
        let error = failure {
            try method.check(policy: "learned", for: .regression, depths: [1, 2])
        }
        #expect(error?.found == "heads without a score")
    }

    @Test(arguments: Method.names)
    func `train every head in some stage, frozen or not`(name: String) throws {
        let method = try Method.named(name)
        let frozen = method.frozenStages(.pooler)
        for stages in [method.stages, frozen] {
            let parts = stages.reduce(into: TrainedParts()) { $0.formUnion($1.parts) }
            #expect(parts.isSuperset(of: method.signal == nil ? .classifiers : .heads))
        }
        #expect(frozen.allSatisfy { !$0.parts.contains(.backbone) })
    }
}
