import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTraining
import Synchronization
import TestFiles
import TestModels
import Testing

/// What a head says beside its logits, from the loss to the policy.
@Suite struct SignalTrainingTests {
    /// The signal learns which texts are good, whatever the logits say.
    private struct GoodnessLoss: Objective {
        func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
            guard case .labels(let labels) = targets.gold else { preconditionFailure("labels") }
            return exits.compactMap { $0.signal?.squaredError(labels.map(Float.init)) }
        }
    }

    /// Leaves where the signal is at least a half.
    private struct SignalPolicy: ExitPolicy {
        let name = "signal"

        func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
            (exit.signal ?? 0) >= 0.5
        }
    }

    /// Labels first, then labels and goodness in turn on a frozen backbone.
    private static func method(
        _ signal: Signal, _ head: HeadKind = .mean, epochs: Int = 30
    ) -> Method {
        var stages = [
            Stage(
                "joint", parts: .everything, objective: .testing(ExitSum(.equal)), epochs: 2,
                learningRate: 1e-3),
            Stage(
                "signals", parts: .heads, objective: .testing(ExitSum(.equal), GoodnessLoss()),
                epochs: epochs, learningRate: 2e-2),
        ]
        stages[1].hasDropout = false
        return Method(
            name: "signals", summary: "", head: HeadChoice(head), signal: signal, stages: stages,
            policy: "full"
        )
    }

    private static func trained(
        _ method: Method, _ settings: TrainingSettings = TinyTask.settings(epochs: nil)
    ) throws -> EarlyExitModel {
        let set = try TinyTask.set()
        return try TinyTask.trainer(method, settings)
            .train(TinyTask.model(method), on: set, validation: set).model
    }

    @Test(arguments: Signal.allCases)
    func `a signal learns what its objective asks, in turns with the labels`(
        _ signal: Signal
    ) throws {
        let model = try Self.trained(Self.method(signal))
        let set = try TinyTask.set()
        let trace = Engine(model: model, task: TinyTask.task).trace(set.texts, gold: set.gold)
        #expect(trace.exitQualities.last ?? 0 > 0.9)
        for exit in trace.exits.indices {
            let isRight = TinyTask.rows.indices.map { text in
                let signal = trace.exits[exit].observation(text).signal ?? .nan
                return (signal > 0.5) == (TinyTask.rows[text].label == 1)
            }
            #expect(isRight.count(where: \.self) > 30, "exit \(exit)")
        }
    }

    @Test func `running a policy that reads signals is replaying it`() throws {
        let method = Self.method(.shared, epochs: 10)
        let engine = Engine(model: try Self.trained(method), task: TinyTask.task)
        let set = try TinyTask.set()
        let answers = engine.answers(set.texts, policy: SignalPolicy())
        #expect(Set(answers.map(\.depth)).count > 1)
        let replayed = engine.trace(set.texts, gold: set.gold).replay(SignalPolicy())
        #expect(replayed.map(\.depth) == answers.map(\.depth))
        #expect(replayed.map(\.prediction) == answers.map(\.prediction))
    }

    @Test(arguments: Signal.allCases)
    func `signals are stored with the heads, and the settings say whose they are`(
        _ signal: Signal
    ) throws {
        let folder = TemporaryFolder()
        let model = try SmallModel.model(.mean, signal: signal)
        let writer = try CheckpointWriter(folder("out"), overwriting: false)
        try writer.write(
            model.backbone, from: Checkpoint(SmallModel.folder),
            task: .classification(["x", "y", "z"]), as: .float32)
        try writer.write(model.heads, of: "ours")
        try writer.write(ExitSettings(method: "ours", heads: model.heads))
        let checkpoint = try Checkpoint(folder("out"))
        let settings = try checkpoint.settings("ours")
        #expect(settings.signal == signal)
        #expect(try checkpoint.model(settings).values() == model.values())
        let maps = model.values().keys.count { $0.hasSuffix("signal.weight") }
        #expect(maps == (signal == .shared ? 1 : 3))
    }

    @Test func `objectives are taken in turn, step by step`() throws {
        let calls = Mutex<[Int]>([])
        struct Recording: Objective {
            let number: Int
            let record: @Sendable (Int) -> Void

            func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
                record(number)
                return ExitSum(.equal).terms(exits, targets)
            }
        }
        var method = Self.method(.own)
        let record: @Sendable (Int) -> Void = { number in calls.withLock { $0.append(number) } }
        method.stages = [
            Stage(
                "turns", parts: .heads,
                objective: .testing(
                    Recording(number: 0, record: record), Recording(number: 1, record: record),
                    Recording(number: 2, record: record)), epochs: 1,
                learningRate: 1e-3)
        ]
        let set = try TinyTask.set()
        _ = try TinyTask.trainer(method, TinyTask.settings(epochs: nil), workers: 1)
            .train(TinyTask.model(method), on: set, validation: set)
        #expect(calls.withLock { $0 } == [0, 1, 2, 0, 1])
    }

    /// The mean over all tokens through a linear map; reads tokens, as attentive heads do.
    private struct TokenHead: Head {
        var map: Linear

        init(_ place: HeadPlace) {
            map = Linear(inputs: 2 * place.features, outputs: place.outputCount)
        }

        func callAsFunction(
            _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
        ) -> Tensor {
            map(features.meanMax(texts))
        }

        var cost: TokenCost { TokenCost(constant: map.multiplyAdds) }

        mutating func visitParameters(
            _ visitor: inout some ParameterVisitor, under prefix: String
        ) {
            map.visitParameters(&visitor, under: prefix + "classifier.")
        }
    }

    @Test func `heads that read all tokens learn on a frozen backbone what pooled ones learn`()
        throws
    {
        let tokens = HeadKind(
            name: "tokens", summary: "", pooling: .none, make: TokenHead.init)
        var settings = TinyTask.settings(epochs: 3)
        settings.freezesBackbone = true
        settings.learningRate = 1e-3
        func trained(_ head: HeadKind, on precision: Precision? = nil) throws -> EarlyExitModel {
            var method = Self.method(.own, head)
            (method.signal, method.stages[1].objective) = (nil, .testing(SelfDistillation()))
            var model = try TinyTask.model(method)
            let start = model.values()
            if let precision { model.backbone = model.backbone.packed(precision) }
            let set = try TinyTask.set()
            let trained = try TinyTask.trainer(method, settings)
                .train(model, on: set, validation: set).model
            if precision == nil {
                let learned = trained.values().filter { start[$0.key] != $0.value }.map(\.key)
                #expect(
                    !learned.isEmpty && learned.allSatisfy(trained.heads.values().keys.contains))
            }
            return trained
        }
        // Texts that are run again and again go through the fastest kernels, and states of tokens are rounded.
        let (found, expected) = try (trained(tokens), trained(.mean, on: .int8))
        let differences = expected.heads.values().map { name, values in
            largestDifference(found.heads.values()[name] ?? [], values)
        }
        #expect((differences.max() ?? .nan) < 1e-4, "\(differences)")
    }
}
