import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTraining
import Synchronization
import TestModels
import Testing

/// Cycles of five steps, in which logits go where they can be calculated by hand.
@Suite struct CycleTests {
    /// The same logits for every text.
    private struct BiasHead: Head {
        var bias = Tensor([0.525, 0, -0.675])

        func callAsFunction(
            _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
        ) -> Tensor {
            Tensor(.matrix(features.rows, bias.columns), repeating: 0).adding(row: bias)
        }

        var cost: TokenCost { TokenCost() }

        mutating func visitParameters(
            _ visitor: inout some ParameterVisitor, under prefix: String
        ) {
            visitor.visit([prefix + "bias"], &bias)
        }
    }

    /// Pulls label 0 down and label 2 up, always as strongly.
    private struct Drift: Objective {
        func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
            exits.map { ($0.logits[columns: 0..<1] - $0.logits[columns: 2..<3]).mean() }
        }
    }

    private static let head = HeadKind(name: "bias", summary: "", pooling: .firstToken) { _ in
        BiasHead()
    }

    private static func trained(
        shortestCycle: Int, runs: Int, observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws -> EarlyExitModel {
        var stage = Stage(
            "joint", parts: .everything, objective: .testing(Drift()), epochs: 4,
            learningRate: 0.1)
        stage.averagesCycles = true
        stage.shortestCycle = shortestCycle
        let method = Method(
            name: "cycles", summary: "", head: HeadChoice(head), stages: [stage], policy: "full")
        var settings = TinyTask.settings(epochs: nil)
        settings.warmupShare = 0.4
        settings.runs = runs
        let checkpoint = try Checkpoint(SmallModel.folder)
        let heads = HeadSet(
            head, depths: [2], width: checkpoint.configuration.width, outputCount: 3)
        let model = EarlyExitModel(backbone: try checkpoint.backbone(), heads: heads)
        let texts = try TinyTask.set().texts
        let set = TrainingSet(texts: texts, targets: Targets(.labels(texts.map { _ in 1 })))
        return try TinyTask.trainer(method, settings, task: .classification(["a", "b", "c"]))
            .train(model, on: set, validation: set, observer: observer).model
    }

    /// Where its gradient stays the same AdamW steps by the rate: by 1/3, 2/3, 1, 2/3 and 1/3 of 0.1, in a cycle by
    /// 0.3. So cycle k ends at 0.525 - 0.3 k, 0 and -0.675 + 0.3 k. The averages have 0 in the middle, too; beside it
    /// 0.225 and -0.375, 0.075 and -0.225, -0.075 and -0.075, -0.225 and 0.075. They answer 0, 0, 1 and 2 where 1 is
    /// right; the ends themselves would answer 0, 1, 2 and 2.
    @Test(arguments: [1, 2])
    func `end in the average of their ends up to the best one, in every run`(runs: Int) throws {
        let qualities = Mutex<[[Double]]>([])
        let kept = Mutex<[Bool]>([])
        let model = try Self.trained(shortestCycle: 5, runs: runs) { event in
            guard case .epoch(_, _, _, let found, let isKept) = event else { return }
            qualities.withLock { $0.append(found) }
            kept.withLock { $0.append(isKept) }
        }
        let cycles: [(quality: Double, isKept: Bool)] = (0..<runs).flatMap { _ in
            [(0, true), (0, false), (1, true), (0, false)]
        }
        #expect(qualities.withLock { $0 } == cycles.map { [$0.quality] })
        #expect(kept.withLock { $0 } == cycles.map(\.isKept))
        let bias = try #require(model.heads.values()["exits.2.bias"])
        #expect(largestDifference(bias, [-0.075, 0, -0.075]) < 1e-4)
    }

    /// Epochs that are none are more, up to four times as many.
    @Test(arguments: [(5, 4), (6, 16)])
    func `are epochs that have as many steps as the shortest, at least`(
        shortest: Int, expected: Int
    ) throws {
        let found = Mutex(0)
        _ = try Self.trained(shortestCycle: shortest, runs: 1) { event in
            if case .stage(_, let epochs, _) = event { found.withLock { $0 = epochs } }
        }
        #expect(found.withLock { $0 } == expected)
    }
}
