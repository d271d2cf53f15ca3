import OfframpEncoder
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Writes the parts of a checkpoint folder, each atomically.
public struct CheckpointWriter: Sendable {
    /// Where to.
    public let folder: CheckpointFolder
    private let overwriting: Bool

    /// Makes the folder where it is missing.
    ///
    /// - Throws: `OfframpError` (`io`).
    public init(_ path: String, overwriting: Bool) throws {
        folder = CheckpointFolder(path)
        self.overwriting = overwriting
        try folder.create()
    }

    /// Writes configuration, vocabulary and backbone.
    ///
    /// - Parameters:
    ///   - source: where configuration and vocabulary come from.
    ///   - task: what the heads will tell apart.
    ///   - type: how the weights are stored.
    /// - Throws: `OfframpError`.
    public func write(
        _ backbone: Backbone, from source: Checkpoint, task: ModelTask, as type: ElementType
    ) throws {
        if source.folder != folder {
            for name in source.folder.tokenizerFiles {
                try copy("\(source.folder.path)/\(name)", to: "\(folder.path)/\(name)")
            }
        }
        try backbone.save(to: folder.weights, as: type, overwriting: overwriting)
        // Last: a folder without its configuration is no checkpoint.
        try write(configuration(source, task), to: folder.configuration)
    }

    /// Writes a method's heads and settings.
    ///
    /// - Throws: `OfframpError`.
    public func write(_ heads: HeadSet, _ settings: ExitSettings, as type: ElementType) throws {
        try heads.save(
            to: folder.headWeights(settings.method), as: type, overwriting: overwriting)
        try write(settings.json, to: folder.settings(settings.method))
    }

    private func configuration(_ source: Checkpoint, _ task: ModelTask) -> JSON {
        let replaced = Set(task.members.map(\.key) + ["_name_or_path", "num_labels"])
        let kept = (source.json.members ?? []).filter { !replaced.contains($0.key) }
        return .object(kept + task.members)
    }

    private func write(_ json: JSON, to path: String) throws {
        var file = try OutputFile(path: path, overwriting: overwriting)
        try file.write(json.text(indented: true) + "\n")
        try file.commit()
    }

    private func copy(_ source: String, to path: String) throws {
        let bytes = try MappedFile(path: source)
        var file = try OutputFile(path: path, overwriting: overwriting)
        try bytes.withBytes { try file.write($0) }
        try file.commit()
    }
}
