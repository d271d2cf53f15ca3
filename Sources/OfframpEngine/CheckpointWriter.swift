import Glibc
import OfframpEncoder
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Writes the parts of a checkpoint folder, each atomically.
public struct CheckpointWriter: Sendable {
    /// Where to.
    public let folder: CheckpointFolder
    let overwriting: Bool

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

    /// Writes a method's heads.
    ///
    /// - Parameter type: how the weights are stored; heads are small, so that `I8` becomes `F16`.
    /// - Throws: `OfframpError`.
    public func write(
        _ heads: HeadSet, of method: String, as type: ElementType = .float32
    ) throws {
        try heads.save(
            to: folder.headWeights(method), as: type.ofHeads,
            overwriting: overwriting)
    }

    /// Writes a method's settings: last, because they make the method appear.
    ///
    /// - Throws: `OfframpError`.
    public func write(_ settings: ExitSettings) throws {
        try write(settings.json, to: folder.settings(settings.method))
    }

    /// Refuses before a long run what would be refused after it.
    ///
    /// - Parameters:
    ///   - method: whose heads are to be written.
    ///   - backbone: whether a backbone is to be written too.
    /// - Throws: `OfframpError` (`usage`) when a file is there and may not be replaced, or when heads
    ///   of other methods are there that the new backbone would take theirs from.
    public func checkRoom(for method: String, backbone: Bool) throws {
        if backbone { try checkNoHeads(besides: method) }
        let heads = [folder.headWeights(method), folder.settings(method)]
        let tokenizer = folder.tokenizerFiles.map { "\(folder.path)/\($0)" }
        let files = heads + (backbone ? [folder.weights, folder.configuration] + tokenizer : [])
        guard !overwriting, let existing = files.first(where: { access($0, F_OK) == 0 }) else {
            return
        }
        throw OfframpError(
            .usage, at: existing, found: "an existing file",
            expected: "a new folder, or --force to replace it")
    }

    /// Heads answer on the backbone that they were trained on, and on another one at random.
    private func checkNoHeads(besides method: String) throws {
        let others = folder.methods.filter { $0 != method }
        guard !others.isEmpty else { return }
        throw OfframpError(
            .usage, at: folder.exits,
            found: "heads of \(others.joined(separator: ", ")), trained on the backbone there",
            expected: "another folder, or --freeze with this one as --backbone too")
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

    func copy(_ source: String, to path: String) throws {
        let bytes = try MappedFile(path: source)
        var file = try OutputFile(path: path, overwriting: overwriting)
        try bytes.withBytes { try file.write($0) }
        try file.commit()
    }
}

extension ElementType {
    /// How heads are stored beside a backbone of this type: eight bits would cost accuracy at the
    /// first exits, and save little.
    var ofHeads: ElementType { self == .int8 ? .float16 : self }
}
