import OfframpExit
import OfframpTensor
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct ObjectiveTests {
    /// As in Scripts/make-training-fixtures.py, under the names there.
    private static let objectives: [String: any Objective] = [
        "final": FinalOnly(), "equal": ExitSum(.equal), "inner": ExitSum(.inner),
        "entrance": ExitSum(.nearEntrance), "ramped": Ramped().at(progress: 0.25),
        "scores": LearnedScores(beside: FinalOnly()), "ponder": PonderCost(price: 0.01),
        "expected": ExpectedLoss(priorRate: 0.1, priorWeight: 0.5),
        "by-depth": ExitSum(.byDepth), "given": ExitSum(.given([0.5, 0, 2])),
        "distil": SelfDistillation(), "distil-warm": SelfDistillation(temperature: 2.5),
        "distil-label": LabelDistillation(share: 0.5, temperature: 2),
        "distil-ensemble": EnsembleDistillation(share: 0.5, temperature: 2),
        "romebert": LabelDistillation(share: 0.9, temperature: 3, innerWeight: 0.7),
    ]

    @Test(
        arguments: objectives.keys.sorted(),
        ["labels", "values", "sets"])
    func `have PyTorch's loss and gradients`(name: String, task: String) throws {
        let golden = try SafetensorsFile(path: Fixture.path("training/objectives.safetensors"))
        let targets = Targets(try Self.gold(task, golden))
        let exits = try (0..<3).map { exit in
            HeadOutput(
                logits: Tensor(
                    try golden.values("\(task).logits.\(exit)"), rows: 5,
                    columns: task == "values" ? 1 : 3
                ).tracked(as: exit),
                signal: Tensor(
                    try golden.values("signals.\(exit)"), rows: 5, columns: 1
                ).tracked(as: 3 + exit))
        }
        let objective = try #require(Self.objectives[name])
        let loss = objective.loss(exits, targets)
        let expected = try golden.values("\(task).\(name).loss")
        #expect(largestDifference(loss.values, expected) < 2e-5)
        let gradients = loss.gradients()
        for exit in 0..<3 {
            let expected = try golden.values("\(task).\(name).gradient.\(exit)")
            let found = gradients.values(of: exit, count: expected.count)
            #expect(largestDifference(found, expected) < 1e-5, "exit \(exit)")
            guard objective.needsSignal else { continue }
            let ofSignal = try golden.values("\(task).\(name).signal.\(exit)")
            let signal = gradients.values(of: 3 + exit, count: 5)
            #expect(largestDifference(signal, ofSignal) < 1e-5, "signal \(exit)")
        }
    }

    private static func gold(_ task: String, _ golden: SafetensorsFile) throws -> Gold {
        let values = try golden.values(task)
        return switch task {
        case "labels": .labels(values.map { Int($0) })
        case "sets": .labelSets((0..<5).map { row in (0..<3).filter { values[3 * row + $0] == 1 } })
        default: .values(values)
        }
    }

    @Test func `every objective of the catalogue has golden values`() {
        let golden = Set(Self.objectives.values.map { "\(type(of: $0))" })
        for kind in ObjectiveKind.catalog {
            #expect(golden.isSuperset(of: kind.losses.map { "\(type(of: $0))" }), "\(kind.name)")
        }
    }

    @Test func `a ramp ends at each exit's share of the depth`() throws {
        let exits = [2, 1, 0, 3].map {
            HeadOutput(logits: Tensor([$0, 0], rows: 1, columns: 2).tracked(as: 0))
        }
        let targets = Targets(.labels([1]))
        let expected = ExitSum(.given([0.25, 0.5, 0.75, 1])).loss(exits, targets).scalar
        #expect(abs(Ramped().at(progress: 1).loss(exits, targets).scalar - expected) < 1e-6)
        let start = ExitSum(.given([0.01, 0.01, 0.01, 1])).loss(exits, targets).scalar
        #expect(abs(Ramped().loss(exits, targets).scalar - start) < 1e-6)
    }

    @Test func `over inner exits are 0 where there are none`() {
        let exits = [HeadOutput(logits: Tensor([1, 2], rows: 1, columns: 2).tracked(as: 0))]
        for objective in [ExitSum(.inner), SelfDistillation()] as [any Objective] {
            let loss = objective.loss(exits, Targets(.labels([1])))
            #expect(loss.scalar == 0)
            #expect(loss.gradients().dense.isEmpty)
        }
    }
}
