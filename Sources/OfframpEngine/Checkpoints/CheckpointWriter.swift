import Glibc
import OfframpEncoder
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Writes the parts of a checkpoint folder, each atomically.
package struct CheckpointWriter: Sendable {
    /// Where to.
    package let folder: CheckpointFolder
    let overwriting: Bool

    /// Makes the folder where it is missing.
    ///
    /// - Throws: `OfframpError` (`io`).
    package init(_ path: String, overwriting: Bool) throws {
        folder = CheckpointFolder(path)
        self.overwriting = overwriting
        try folder.create()
    }

    /// Writes configuration, vocabulary and backbone.
    ///
    /// - Parameters:
    ///   - source: where configuration and vocabulary come from: another folder than this one.
    ///   - task: what the heads will tell apart.
    ///   - type: how the weights are stored.
    ///   - maximumLength: the tokens of the longest text from now on; `nil` as in the source.
    /// - Throws: `OfframpError`.
    package func write(
        _ backbone: Backbone, from source: Checkpoint, task: ModelTask, as type: ElementType,
        maximumLength: Int? = nil
    ) throws {
        try writeTokenizer(of: source.folder, maximumLength)
        try backbone.save(
            to: folder.weights, of: backbone.configuration.family, as: type,
            overwriting: overwriting)
        // Last: a folder without its configuration is no checkpoint.
        try write(configuration(source, task), to: folder.configuration)
    }

    /// Writes a method's heads.
    ///
    /// - Parameters:
    ///   - type: how the weights are stored; heads are small, so that `I8` becomes `F16`.
    ///   - again: whether this writer has written heads of the method before, which these replace.
    /// - Throws: `OfframpError`.
    package func write(
        _ heads: HeadSet, of method: String, as type: ElementType = .float32, again: Bool = false
    ) throws {
        try heads.save(
            to: folder.headWeights(method), as: type.ofHeads,
            overwriting: overwriting || again)
    }

    /// Writes a method's settings: last, because they make the method appear.
    ///
    /// - Throws: `OfframpError`.
    package func write(_ settings: ExitSettings) throws {
        try write(settings.json, to: folder.settings(settings.method))
    }

    private func writeTokenizer(of source: CheckpointFolder, _ maximumLength: Int?) throws {
        for name in source.tokenizerFiles {
            let path = "\(folder.path)/\(name)"
            guard maximumLength == nil || path != folder.tokenizerConfiguration else { continue }
            try copy("\(source.path)/\(name)", to: path)
        }
        guard let maximumLength else { return }
        let key = "model_max_length"
        let file = source.tokenizerConfiguration
        let members = access(file, F_OK) == 0 ? try JSON(file: file).members ?? [] : []
        let length = JSON.Member(key, .number(maximumLength))
        try write(
            .object(members.filter { $0.key != key } + [length]),
            to: folder.tokenizerConfiguration)
    }

    /// Hugging Face's configuration of a source, with what heads tell apart.
    func configuration(_ source: Checkpoint, _ task: ModelTask) -> JSON {
        let replaced = Set(task.members.map(\.key) + ["_name_or_path", "num_labels"])
        let kept = (source.json.members ?? []).filter { !replaced.contains($0.key) }
        return .object(kept + task.members)
    }

    func write(_ json: JSON, to path: String) throws {
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
    package var ofHeads: ElementType { self == .int8 ? .float16 : self }
}
