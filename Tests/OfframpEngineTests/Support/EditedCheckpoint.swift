import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTestSupport

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
        var weights = try SafetensorsFile(path: source.weights).tensors()
        tensors(&weights)
        var writer = SafetensorsWriter()
        for (name, tensor) in weights { writer.add(name, tensor) }
        try writer.write(to: folder("model.safetensors"), overwriting: false)
    }

    /// The folder, opened.
    func open() throws -> Checkpoint { try Checkpoint(folder.path) }
}

extension SafetensorsFile {
    /// All tensors by their names.
    func tensors() throws -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        for stored in names.compactMap(stored) {
            let sizes = stored.dimensions
            let shape: Shape = sizes.count == 1 ? .vector(sizes[0]) : .matrix(sizes[0], sizes[1])
            tensors[stored.name] = try Tensor(shape) { try stored.read(into: $0) }
        }
        return tensors
    }
}

extension Parameterized {
    /// The values of all parameters by their names.
    func values() -> [String: [Float]] {
        var reader = ValueReader()
        var copy = self
        copy.visitParameters(&reader, under: "")
        return reader.values
    }
}

private struct ValueReader: ParameterVisitor {
    var values: [String: [Float]] = [:]

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        values[names.joined(separator: "+")] = tensor.values
    }
}

/// The error of a body that must throw one of ours.
func failure(_ body: () throws -> some Any) -> OfframpError? {
    do { _ = try body() } catch { return error as? OfframpError }
    return nil
}
