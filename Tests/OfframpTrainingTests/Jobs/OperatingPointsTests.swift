import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct OperatingPointsTests {
    private static func trace(_ task: ModelTask) throws -> (trace: Trace, cost: CostModel) {
        let model = try SmallModel.model(.mean, outputCount: task.outputCount)
        let engine = Engine(model: model, task: task, temperatures: [1, 1, 1])
        return (engine.trace(try SmallModel.texts(60)), model.cost)
    }

    private static func chosen(_ kind: String, _ task: ModelTask) throws -> ExitSettings {
        let (trace, cost) = try trace(task)
        var settings = ExitSettings(method: "m", head: "mean", depths: [0, 1, 2], policy: "full")
        try OperatingPoints(trace: trace, cost: cost, kind: kind).choose(for: &settings)
        return settings
    }

    @Test(arguments: ["confidence", "entropy", "ensemble"])
    func `spends more for accuracy than for speed`(kind: String) throws {
        let settings = try Self.chosen(kind, .classification(["a", "b", "c"]))
        let (trace, cost) = try Self.trace(.classification(["a", "b", "c"]))
        let spent = try settings.operatingPoints.map { point in
            let policy = try PolicyKind.policy(
                point.value.string ?? "", for: PolicyContext(outputCount: 3, depths: [0, 1, 2]))
            return trace.relativeCompute(trace.replay(policy), of: policy, cost: cost)
        }
        #expect(spent == spent.sorted() && spent[0] < spent[2])
        #expect(settings.policy == (try settings.operatingPoint("balanced")))
    }

    @Test func `takes patience for a regression that the method's policy cannot decide on`() throws
    {
        for kind in ["confidence", "entropy", "ensemble", "patience"] {
            let settings = try Self.chosen(kind, .regression)
            #expect(settings.policy.hasPrefix("patience:"))
        }
    }

    @Test func `an unknown kind of policy is a wrong use`() {
        let error = failure { try Self.chosen("luck", .classification(["a", "b"])) }
        #expect(error?.kind == .usage)
    }
}
