import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct TrainingStepsTests {
    /// As in Scripts/make-training-fixtures.py.
    private static let texts: [(String, String?)] = [
        ("the film was good", nil), ("it was a dull play", nil), ("not so bad", nil),
        ("we liked the song", "they left early"), ("cold", nil), ("", nil),
        ("a great meal and a warm day but the play was very late", nil),
    ]

    private static func method() throws -> Method {
        var stage = Stage(
            "joint", parts: .everything, objective: .testing(ExitSum(.equal)), epochs: 6,
            learningRate: 1e-3)
        stage.headFactor = 5
        stage.weightDecay = 0.1
        stage.hasDropout = false
        var method = try Method.named("pabee")
        method.head = HeadChoice(.linear)
        method.stages = [stage]
        return method
    }

    // AdamW, the tables' rows by SparseAdam, clipping, decay groups, warm-up and decay.
    @Test(arguments: [1, 2])
    func `leave the weights where PyTorch's optimisers leave them`(workers: Int) throws {
        // A hundredth of the way that they went, 3.5e-3 at most.
        for (name, differences) in try Self.differences(.float32, workers: workers) {
            #expect(differences.max() ?? 0 < 4e-5, "\(name)")
        }
    }

    // Single weights may go elsewhere: Adam blows up what rounding leaves of a gradient near 0.
    @Test func `go nearly as far in bfloat16`() throws {
        var largest: Float = 0
        for (name, differences) in try Self.differences(.bfloat16, workers: 1) {
            let mean = differences.reduce(0, +) / Float(differences.count)
            #expect(mean < 2e-4, "\(name)")
            largest = max(largest, mean)
        }
        #expect(largest > 1e-6, "nothing was rounded")
    }

    /// How far every parameter ends from where PyTorch leaves it.
    private static func differences(
        _ format: ProductFormat, workers: Int
    ) throws -> [(name: String, differences: [Float])] {
        let golden = try SafetensorsFile(path: Fixture.path("training/steps.safetensors"))
        let tokenizer = try Checkpoint(SmallModel.folder).tokenizer()
        let set = TrainingSet(
            texts: Self.texts.map { tokenizer.encode($0.0, pair: $0.1) },
            targets: Targets(.labels(try golden.values("labels").map { Int($0) })))
        var model = try SmallModel.model(.linear, depths: [1, 2])
        try model.heads.load(golden, under: "start.", reportingUnknown: false)
        var settings = TrainingSettings()
        settings.batchSize = 7
        settings.productFormat = format
        settings.warmupShare = 1.0 / 3
        let folder = TemporaryFolder()
        let trainer = Trainer(
            method: try Self.method(), settings: settings,
            task: .classification(["bad", "fair", "good"]), workers: Workers(count: workers),
            stateFile: folder("state"))
        _ = try trainer.train(model, on: set, validation: set)
        // The last step's weights; the best epoch's would be what the trainer returns.
        let state = try SafetensorsFile(path: folder("state"))
        // The gradient of a key's bias is 0 but for rounding, which Adam blows up to full steps.
        let names = golden.names.filter { $0.hasPrefix("end.") && !$0.hasSuffix("key.bias") }
        return try names.map { name in
            let found = try state.values("now." + name.dropFirst(4))
            return (name, zip(found, try golden.values(name)).map { abs($0 - $1) })
        }
    }
}
