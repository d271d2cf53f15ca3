import OfframpEngine
import OfframpExit
import OfframpFiles
import TestFiles

/// A folder with the small model's backbone under heads of random weights.
package struct SmallCheckpoint {
    private let folder = TemporaryFolder()

    /// The checkpoint's folder.
    package var path: String { folder("checkpoint") }

    /// Writes it.
    ///
    /// - Parameter seed: of the heads' weights.
    package init(
        _ task: ModelTask = .classification(["a", "b", "c"]), seed: UInt64 = 1,
        depths: [Int] = [0, 1, 2], policy: String = "full", temperature: Float = 1
    ) throws {
        let source = try Checkpoint(SmallModel.folder)
        let model = try SmallModel.model(
            .mean, task: task.kind, depths: depths, outputCount: task.outputCount, seed: seed)
        let writer = try CheckpointWriter(path, overwriting: false)
        try writer.write(model.backbone, from: source, task: task, as: .float32)
        try writer.write(model.heads, of: "offramp")
        var settings = ExitSettings(method: "offramp", heads: model.heads)
        settings.policy = policy
        settings.temperatures = depths.map { _ in temperature }
        try writer.write(settings)
    }

    /// Saves a threshold for a cascade that begins with this checkpoint.
    package func save(threshold: Float, for cascade: String) throws {
        var settings = try Checkpoint(path).settings("offramp")
        settings.save(cascade: ["threshold": .number(threshold)], as: cascade)
        try CheckpointWriter(path, overwriting: true).write(settings)
    }
}
