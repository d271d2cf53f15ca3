import OfframpEngine
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels

/// A copy of the small checkpoint in a folder of its own, some of it changed.
struct EditedCheckpoint {
    let folder = TemporaryFolder()

    /// Copies the checkpoint.
    ///
    /// - Parameters:
    ///   - members: of `config.json`, to be put in place of those that are there; `nil` removes one.
    ///   - vocabulary: pieces behind those that are there.
    ///   - tensors: changes the weights.
    init(
        _ members: [String: JSON?] = [:], vocabulary: [String] = [],
        tensors: (inout [String: Tensor]) -> Void = { _ in }
    ) throws {
        let source = CheckpointFolder(SmallModel.folder)
        let kept = (try JSON(file: source.configuration).members ?? [])
            .filter { !members.keys.contains($0.key) }
        let added = members.compactMap { key, value in value.map { JSON.Member(key, $0) } }
        _ = folder.file("config.json", JSON.object(kept + added).text())
        let pieces = try MappedFile(path: source.path + "/vocab.txt").withBytes { Array($0) }
        _ = folder.file("vocab.txt", pieces + vocabulary.flatMap { Array("\($0)\n".utf8) })
        var weights = try SafetensorsFile(path: source.weights).tensorsByName()
        tensors(&weights)
        var writer = SafetensorsWriter()
        for (name, tensor) in weights { writer.add(name, tensor) }
        try writer.write(to: folder("model.safetensors"), overwriting: false)
    }

    /// The folder, opened.
    func open() throws -> Checkpoint { try Checkpoint(folder.path) }
}
