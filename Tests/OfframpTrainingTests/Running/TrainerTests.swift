import Glibc
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTraining
import Synchronization
import TestFiles
import TestModels
import Testing

@Suite struct TrainerTests {
    private static func trained(
        _ name: String, _ settings: TrainingSettings = TinyTask.settings(), workers: Int = 2
    ) throws -> TrainedModel {
        let method = try Method.named(name)
        let set = try TinyTask.set()
        return try TinyTask.trainer(method, settings, workers: workers)
            .train(
                TinyTask.model(method, frozen: settings.freezesBackbone), on: set, validation: set)
    }

    @Test(arguments: [1, 2, 3])
    func `a seed gives one result to the last bit, another seed another`(workers: Int) throws {
        let first = try Self.trained("offramp", workers: workers)
        let again = try Self.trained("offramp", workers: workers)
        #expect(first.model.values() == again.model.values())
        let other = try Self.trained("offramp", TinyTask.settings(seed: 2), workers: workers)
        #expect(first.model.values() != other.model.values())
    }

    @Test func `heads that a stage leaves alone have no say in it, by the consistency neither`()
        throws
    {
        var settings = TinyTask.settings()
        settings.consistency = 1
        var method = try Method.named("deebert")
        method.stages.removeLast()
        let set = try TinyTask.set()
        let model = try TinyTask.model(method)
        var other = model
        var change = ParameterChange(names: "exits.1.")
        other.heads.visitParameters(&change, under: "")
        #expect(other.heads.values() != model.heads.values())
        let trainer = TinyTask.trainer(method, settings)
        let trained = try [model, other].map {
            try trainer.train($0, on: set, validation: set).model
        }
        #expect(trained[0].backbone.values() == trained[1].backbone.values())
    }

    @Test(arguments: ["convolution", "pair-convolution", "attentive"])
    func `heads that read all tokens learn the same from kept states as behind the backbone`(
        kind: String
    ) throws {
        var settings = TinyTask.settings(epochs: 2)
        settings.freezesBackbone = true
        let method = try Method.named("offramp").with(head: try HeadKind.named(kind))
        let set = try TinyTask.set()
        // Kept, too many, and no room for them.
        let results = try [(Int.max, "."), (0, "."), (Int.max, "/nowhere")].map { most, folder in
            var trainer = TinyTask.trainer(method, settings)
            (trainer.mostKeptNumbers, trainer.scratchFolder) = (most, folder)
            return try trainer.train(
                TinyTask.model(method, frozen: true), on: set, validation: set)
        }
        #expect(results[0].model.values() == results[1].model.values())
        #expect(results[0].model.values() == results[2].model.values())
    }

    @Test(arguments: [(Int.max, ".", true), (0, ".", false), (Int.max, "/nowhere", false)])
    func `a trained backbone's branches are refitted where there is room for the states`(
        most: Int, folder: String, isRefitted: Bool
    ) throws {
        let method = try Method.named("branchynet")
        let set = try TinyTask.set()
        var trainer = TinyTask.trainer(method, TinyTask.settings(epochs: 1))
        (trainer.mostKeptNumbers, trainer.scratchFolder) = (most, folder)
        let refits = Mutex(0)
        _ = try trainer.train(TinyTask.model(method), on: set, validation: set) { event in
            if case .refitted = event { refits.withLock { $0 += 1 } }
        }
        #expect(refits.withLock { $0 } == (isRefitted ? 1 : 0))
    }

    @Test(arguments: ["offramp", "ztw"])
    func `states that are no numbers are refused with their depth`(name: String) throws {
        var settings = TinyTask.settings()
        settings.freezesBackbone = true
        let method = try Method.named(name)
        var model = try TinyTask.model(method)
        var breaker = ParameterBreaker(name: "encoder.layer.0.output.LayerNorm.bias")
        model.backbone.visitParameters(&breaker, under: "")
        let set = try TinyTask.set()
        let error = failure {
            try TinyTask.trainer(method, settings).train(model, on: set, validation: set)
        }
        #expect(error?.kind == .data)
        #expect(error?.place == "hidden states at depth 1")
    }

    @Test(arguments: [(nil, 20), (3, 3)])
    func `few texts are learned for more epochs, unless a number is asked for`(
        asked: Int?, expected: Int
    ) throws {
        let method = try Method.named("offramp")
        let set = try TinyTask.set()
        let found = Mutex(0)
        _ = try TinyTask.trainer(method, TinyTask.settings(epochs: asked)).train(
            TinyTask.model(method), on: set, validation: set
        ) { event in
            if case .stage(_, let epochs, _) = event { found.withLock { $0 = epochs } }
        }
        #expect(found.withLock { $0 } == expected)
    }

    @Test(arguments: [("mean", false), ("branch", true)])
    func `each exit answers as well as before its refit, or better`(
        heads: String, isFrozen: Bool
    ) throws {
        let method = try Method.named("offramp").with(head: HeadKind.named(heads))
        let set = try TinyTask.set()
        var settings = TinyTask.settings(epochs: 1)
        settings.freezesBackbone = isFrozen
        let trained = Mutex<[Double]>([])
        let refitted = Mutex<[Int]>([])
        let result = try TinyTask.trainer(method, settings).train(
            TinyTask.model(method, frozen: isFrozen), on: set, validation: set
        ) { event in
            switch event {
            case .epoch(_, _, _, let qualities, _): trained.withLock { $0 = qualities }
            case .refitted(let depths): refitted.withLock { $0 = depths }
            default: break
            }
        }
        // One epoch leaves random heads; the texts can be told apart by one word.
        let depths = refitted.withLock { $0 }
        #expect(!depths.isEmpty)
        // The others have layers of their own, which fit the maps that they have learned with.
        if heads == "branch" { #expect(depths == [result.model.heads.depths.last]) }
        let engine = Engine(model: result.model, task: TinyTask.task)
        let qualities = engine.trace(set.texts, gold: set.gold).exitQualities
        for (before, after) in zip(trained.withLock { $0 }, qualities) { #expect(after >= before) }
    }

    @Test(arguments: Method.names)
    func `a frozen backbone keeps its bits while every head changes`(name: String) throws {
        var settings = TinyTask.settings()
        settings.freezesBackbone = true
        let method = try Method.named(name)
        let before = try TinyTask.model(method, frozen: true)
        let after = try Self.trained(name, settings).model
        #expect(after.backbone.values() == before.backbone.values())
        Self.expectAllChanged(before.heads, after.heads)
    }

    @Test(arguments: Method.names)
    func `every head changes, the last inner one included`(name: String) throws {
        let method = try Method.named(name)
        let before = try TinyTask.model(method)
        let after = try Self.trained(name).model
        Self.expectAllChanged(before.heads, after.heads)
        #expect(after.backbone.values() != before.backbone.values())
    }

    private static func expectAllChanged(_ before: HeadSet, _ after: HeadSet) {
        let (old, new) = (before.values(), after.values())
        let last = "exits.\(before.depths.last ?? 0).signal"
        // Where heads are solved for, a norm in front of a linear map adds nothing to it; and the last exit
        // halts whatever is left, without being asked.
        for (name, values) in old
        where !name.contains("previous.LayerNorm") && !name.hasPrefix(last) {
            #expect(new[name] != values, "\(name)")
        }
    }

    /// The maps that heads end in may be refitted after all stages.
    @Test func `DeeBERT's second stage changes the inner heads alone`() throws {
        var method = try Method.named("deebert")
        method.stages.removeFirst()
        let set = try TinyTask.set()
        let before = try TinyTask.model(method)
        let after = try TinyTask.trainer(method).train(before, on: set, validation: set).model
        let new = after.values()
        for (name, values) in before.values() where !name.contains(".classifier.") {
            #expect((new[name] == values) == !name.hasPrefix("exits.1."), "\(name)")
        }
    }

    @Test func `a stage of inner heads is passed over where there are none`() throws {
        let method = try Method.named("deebert")
        let set = try TinyTask.set()
        let stages = Mutex<[String]>([])
        _ = try TinyTask.trainer(method)
            .train(TinyTask.model(method, depths: [2]), on: set, validation: set) { event in
                if case .stage(let name, _, _) = event { stages.withLock { $0.append(name) } }
            }
        #expect(stages.withLock { $0 } == ["fine-tune"])
    }

    @Test(arguments: ["offramp", "pabee"])
    func `texts that one word tells apart are learned`(name: String) throws {
        var settings = TinyTask.settings(epochs: 15)
        settings.learningRate = 3e-3
        let losses = Mutex<[Float]>([])
        let qualities = Mutex<[Double]>([])
        let method = try Method.named(name)
        let set = try TinyTask.set()
        _ = try TinyTask.trainer(method, settings)
            .train(TinyTask.model(method), on: set, validation: set) { event in
                switch event {
                case .step(_, _, let loss, _): losses.withLock { $0.append(loss) }
                case .epoch(_, _, _, let found, _): qualities.withLock { $0 = found }
                default: break
                }
            }
        let all = losses.withLock { $0 }
        #expect(all.count == 75)
        let (start, end): (Float, Float) = (all.prefix(5).reduce(0, +), all.suffix(5).reduce(0, +))
        #expect(end < start / 2)
        #expect((qualities.withLock { $0 }.last ?? 0) > 0.95)
    }

    @Test func `a regression is learned by its squared error and judged by Pearson's correlation`()
        throws
    {
        var settings = TinyTask.settings(epochs: 15)
        settings.learningRate = 3e-3
        var method = try Method.named("pabee")
        method.head = HeadChoice(.mean)
        let set = try TinyTask.regressionSet()
        let qualities = Mutex<[Double]>([])
        _ = try TinyTask.trainer(method, settings, task: .regression)
            .train(TinyTask.model(method, outputCount: 1), on: set, validation: set) { event in
                if case .epoch(_, _, _, let found, _) = event { qualities.withLock { $0 = found } }
            }
        let found = qualities.withLock { $0 }
        #expect(found.allSatisfy { $0 > 0.9 && $0 <= 1 }, "\(found)")
    }

    /// 0.25 / √40 on the forty texts of the tiny task; small networks on a frozen backbone too go to the end of their
    /// schedule.
    @Test(arguments: [("mebert", false), ("offramp", true)])
    func `an earlier epoch is kept only where it is clearly better`(name: String, frozen: Bool)
        throws
    {
        let kept = Mutex<[(quality: Double, isKept: Bool)]>([])
        let method = try Method.named(name)
        let set = try TinyTask.set()
        var settings = TinyTask.settings(epochs: 12, seed: 3)
        settings.freezesBackbone = frozen
        _ = try TinyTask.trainer(method, settings)
            .train(TinyTask.model(method, frozen: frozen), on: set, validation: set) { event in
                guard case .epoch(_, _, _, let qualities, let isKept) = event else { return }
                let mean = qualities.reduce(0, +) / Double(qualities.count)
                kept.withLock { $0.append((mean, isKept)) }
            }
        let epochs = kept.withLock(\.self)
        #expect(epochs.count == 12)
        for (index, epoch) in epochs.enumerated() {
            let best = epochs[..<index].map(\.quality).max() ?? -1
            #expect(epoch.isKept == (epoch.quality > best - 0.25 / Double(40).squareRoot()))
        }
        #expect(
            epochs.contains { !$0.isKept }
                || epochs.map(\.quality) == epochs.map(\.quality).sorted())
    }
}

extension Method {
    static let names = catalog.map(\.name)
}

/// Makes one parameter useless, by its name.
private struct ParameterBreaker: ParameterVisitor {
    let name: String

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        guard names == [name] else { return }
        tensor.withMutableValues { for index in $0.indices { $0[index] = .infinity } }
    }
}

/// Changes some parameters, by the beginning of their names.
private struct ParameterChange: ParameterVisitor {
    let names: String

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        guard names[0].hasPrefix(self.names) else { return }
        tensor.withMutableValues { for index in $0.indices { $0[index] = 1 - $0[index] } }
    }
}
