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
        "by-depth": ExitSum(.byDepth), "given": ExitSum(.given([0.5, 0, 2])),
        "distil": SelfDistillation(), "distil-warm": SelfDistillation(temperature: 2.5),
        "distil-label": LabelDistillation(share: 0.5, temperature: 2),
        "romebert": LabelDistillation(share: 0.9, temperature: 3, innerWeight: 0.7),
    ]

    @Test(
        arguments: objectives.keys.sorted(),
        ["labels", "values"])
    func `have PyTorch's loss and gradients`(name: String, task: String) throws {
        let golden = try SafetensorsFile(path: Fixture.path("training/objectives.safetensors"))
        let targets = Targets(
            task == "labels"
                ? .labels(try golden.values("labels").map { Int($0) })
                : .values(try golden.values("values")))
        let exits = try (0..<3).map { exit in
            HeadOutput(
                logits: Tensor(
                    try golden.values("\(task).logits.\(exit)"), rows: 5,
                    columns: task == "labels" ? 3 : 1
                ).tracked(as: exit))
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
        }
    }

    @Test func `every objective of a method has golden values`() {
        let golden = Set(Self.objectives.values.map { "\(type(of: $0))" })
        for method in Method.catalog {
            let used = method.stages.flatMap(\.objectives).map { "\(type(of: $0))" }
            #expect(golden.isSuperset(of: used), "\(method.name)")
        }
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
