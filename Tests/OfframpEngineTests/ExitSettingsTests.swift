import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct ExitSettingsTests {
    private static func settings() throws -> ExitSettings {
        var settings = ExitSettings(
            method: "ours", head: "mean", depths: [0, 2], policy: "confidence:0.9")
        settings.temperatures = [1.25, 0.5]
        settings.operatingPoints = [.init("fast", "confidence:0.7"), .init("accurate", "full")]
        settings.promises = ["fast": ["rows": 3, "risk": .number(0.02)]]
        let ensemble = try EnsembleWeights(
            exits: 2, labels: 3, weights: [0.5, 0, -1, 2], biases: [0, 1, 2, 3, 4, 5])
        settings.learned = ["ensemble": ensemble.json]
        settings.results = ["accuracy": [.number(0.5), .number(0.75)]]
        return settings
    }

    /// A checkpoint with heads at depths 0 and 2 under the method `ours`, its settings changed.
    private static func checkpoint(_ members: [String: JSON?] = [:]) throws -> EditedCheckpoint {
        let edited = try EditedCheckpoint()
        let writer = try CheckpointWriter(edited.folder.path, overwriting: false)
        try writer.write(SmallModel.model(.mean, depths: [0, 2]).heads, of: "ours")
        let kept = (try settings().json.members ?? []).filter { !members.keys.contains($0.key) }
        let added = members.compactMap { key, value in value.map { JSON.Member(key, $0) } }
        var file = try OutputFile(path: writer.folder.settings("ours"), overwriting: false)
        try file.write(JSON.object(kept + added).text())
        try file.commit()
        return edited
    }

    @Test(arguments: [("confidence:0.7", "depth:1"), ("full", "full")])
    func `the default policy follows the name that it has`(policy: String, after: String) throws {
        var settings = try Self.settings()
        settings.policy = policy
        settings.save("depth:1", as: "fast", promise: [:])
        #expect(try settings.operatingPoint("fast") == "depth:1")
        #expect(settings.policy == after)
    }

    @Test func `come back from their file as they were`() throws {
        let edited = try Self.checkpoint()
        let checkpoint = try edited.open()
        #expect(checkpoint.methods == ["ours"])
        #expect(try checkpoint.settings("ours") == Self.settings())
        let heads = try checkpoint.model(checkpoint.settings("ours")).heads
        #expect(heads.values() == (try SmallModel.model(.mean, depths: [0, 2]).heads.values()))
    }

    @Test(
        arguments: [
            ("format", 2), ("format", nil), ("head", "tail"), ("head", nil), ("head", 3),
            ("depths", []), ("depths", [2, 0]), ("depths", [0, 0]), ("depths", [-1, 2]),
            ("depths", [0, "x", 2]), ("depths", [0, .number(1.5)]), ("depths", nil),
            ("depths", [0, 3]),
            ("temperatures", [1]), ("temperatures", [1, 0]), ("temperatures", [1, -1]),
            ("temperatures", [1, 1, "x"]), ("temperatures", [1, .number("1e300")]),
            ("temperatures", [1, 1, 1]), ("policy", nil), ("policy", 7), ("policy", "luck:0.5"),
            ("policy", "confidence:7"), ("operating_points", []),
            ("operating_points", ["fast": .number(0.5)]),
            ("operating_points", ["fast": "patience:9"]),
            ("ensemble", ["weights": [1], "biases": [0, 0, 0, 0, 0, 0]]),
            ("ensemble", ["weights": [0, 0, 0, 0], "biases": [0]]),
            ("ensemble", ["weights": [0, 0, 0, 99], "biases": [0, 0, 0, 0, 0, 0]]),
        ] as [(String, JSON?)])
    func `are refused with the member at fault`(key: String, value: JSON?) throws {
        let edited = try Self.checkpoint([key: value])
        let error = failure { try edited.open().settings("ours") }
        #expect(error?.kind == .data, "\(key)")
        #expect(error?.place.contains("ours.json") ?? false, "\(error?.place ?? "")")
    }

    @Test func `an unknown method is a wrong use, and the error lists those that are there`() throws
    {
        let edited = try Self.checkpoint()
        let error = failure { try edited.open().settings("theirs") }
        #expect(error?.kind == .usage && error?.expected.contains("ours") ?? false)
    }

    @Test
    func `an unknown operating point is a wrong use, and the error lists those that are there`()
        throws
    {
        #expect(try Self.settings().operatingPoint("fast") == "confidence:0.7")
        let error = failure { try Self.settings().operatingPoint("slow") }
        #expect(error?.kind == .usage && error?.expected == "one of fast, accurate")
    }

    @Test func `heads that do not fit their settings are refused, every tensor named`() throws {
        let edited = try Self.checkpoint(["depths": [1, 2], "head": "linear"])
        let error = failure {
            let checkpoint = try edited.open()
            return try checkpoint.model(checkpoint.settings("ours"))
        }
        #expect(error?.kind == .data)
        for part in ["missing: exits.1.classifier.weight", "unknown: exits.0.", "shape [3, 32]"] {
            #expect(error?.found.contains(part) ?? false, "\(part)")
        }
    }
}
