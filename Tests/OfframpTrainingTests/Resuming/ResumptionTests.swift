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

@Suite struct ResumptionTests {
    @Test(arguments: ["offramp", "deebert", "ztw"], [3, 8, 12, 16])
    func `a run that is killed and resumed gives the bits of an uninterrupted one`(
        name: String, killedAt step: Int
    ) throws {
        var settings = TinyTask.settings(epochs: 2)
        settings.runs = name == "offramp" ? 2 : 1
        try Self.expectResumption(try Method.named(name), settings, killedAt: step)
    }

    @Test(arguments: [3, 7])
    func `so does one of heads that read all tokens of a frozen backbone`(killedAt step: Int) throws
    {
        var settings = TinyTask.settings(epochs: 2)
        settings.freezesBackbone = true
        try Self.expectResumption(
            try Method.named("offramp").with(head: .convolution), settings, killedAt: step)
    }

    /// In the first cycle, the second and the third, and in the second of the other run. Where a stage trains no
    /// heads its last epoch counts as the best, so that the result is the average of all cycles.
    @Test(arguments: [TrainedParts.everything, .backbone], [3, 8, 14, 22])
    func `so does one in cycles, as the default method trains on many texts`(
        parts: TrainedParts, killedAt step: Int
    ) throws {
        var method = try Method.named("offramp")
        method.stages[0].parts = parts
        method.stages[0].shortestCycle = 1
        var settings = TinyTask.settings(epochs: 3)
        settings.runs = 2
        try Self.expectResumption(method, settings, killedAt: step)
    }

    private static func expectResumption(
        _ method: Method, _ settings: TrainingSettings, killedAt step: Int
    ) throws {
        let start = try TinyTask.model(method, frozen: settings.freezesBackbone)
        let set = try TinyTask.set()
        let folder = TemporaryFolder()
        let (state, copy) = (folder("state"), folder("copy"))
        let steps = Mutex(0)
        let whole = try TinyTask.trainer(method, settings, stateFile: state)
            .train(start, on: set, validation: set) { event in
                guard case .step = event else { return }
                let count = steps.withLock { steps in
                    steps += 1
                    return steps
                }
                // What a kill would leave behind: the state is replaced by another file, never changed.
                if count == step { link(state, copy) }
            }
        #expect(access(copy, F_OK) == 0)
        let taken = Mutex(0)
        let resumed = try TinyTask.trainer(method, settings, stateFile: copy)
            .train(start, on: set, validation: set, resuming: true) { event in
                if case .step = event { taken.withLock { $0 += 1 } }
            }
        #expect(resumed.model.values() == whole.model.values())
        #expect(taken.withLock { $0 } < steps.withLock { $0 })
    }

    @Test func `a frozen run is known by the objective that it trains with`() throws {
        let folder = TemporaryFolder()
        let set = try TinyTask.set()
        var settings = TinyTask.settings()
        settings.freezesBackbone = true
        func train(_ method: Method) throws {
            _ = try TinyTask.trainer(method, settings, stateFile: folder("state"))
                .train(
                    TinyTask.model(method, frozen: true), on: set, validation: set, resuming: true)
        }
        let method = try Method.named("offramp")
        try train(method)
        try train(method.with(objective: ObjectiveKind.named("ensemble-distil")))
        let other = failure {
            try train(method.with(objective: ObjectiveKind.named("label-distil")))
        }
        #expect(other?.place == "\(folder("state")): objectives")
        #expect(other?.found == "ensemble-distil")
    }

    @Test func `a state of another run is refused`() throws {
        let folder = TemporaryFolder()
        let method = try Method.named("pabee")
        let set = try TinyTask.set()
        let model = try TinyTask.model(method)
        func train(
            _ seed: UInt64, _ set: TrainingSet, validation: TrainingSet? = nil,
            _ other: EarlyExitModel? = nil
        ) throws {
            _ = try TinyTask.trainer(
                method, TinyTask.settings(seed: seed), stateFile: folder("state")
            ).train(other ?? model, on: set, validation: validation ?? set, resuming: true)
        }
        try train(1, set)
        try train(1, set)
        let other = failure { try train(2, set) }
        #expect(other?.kind == .usage && other?.place == "\(folder("state")): seed")
        #expect(other?.found == "1" && other?.expected.hasPrefix("2, to resume it") == true)
        let shallow = try TinyTask.model(method, depths: [2])
        #expect(failure { try train(1, set, shallow) }?.kind == .usage)
        let trained = try TinyTask.trainer(method, TinyTask.settings()).train(
            model, on: set, validation: set
        ).model
        #expect(failure { try train(1, set, trained) }?.kind == .usage)
        let half = TrainingSet(
            texts: Array(set.texts[..<20]), targets: set.targets.gathering(Array(0..<20)))
        #expect(failure { try train(1, set, validation: half) }?.kind == .usage)
        let reversed = TrainingSet(
            texts: set.texts.reversed(), targets: set.targets.gathering((0..<40).reversed()))
        #expect(failure { try train(1, reversed) }?.kind == .usage)
    }
}
