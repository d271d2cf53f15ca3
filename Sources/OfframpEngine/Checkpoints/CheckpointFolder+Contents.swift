import Glibc
import OfframpFiles

extension CheckpointFolder {
    /// The names of the checkpoint's files that are here; other files in the folder do not
    /// count. The settings of heads come last: they make a method appear.
    package var files: [String] {
        let weights = readable(methods.map { "exits/\($0).safetensors" })
        return weightFiles + readable(["part.json"]) + texts + weights
            + methods.map { "exits/\($0).json" }
    }

    /// The parts of a split checkpoint that are in the folder, each a folder itself.
    private var parts: [String] {
        Folder.names(in: path).filter { CheckpointFolder("\(path)/\($0)").isPart }
    }

    /// The weights' file, or the index and the shards.
    private var weightFiles: [String] {
        guard hasShards else { return readable(["model.safetensors"]) }
        let shards = Folder.names(in: path).filter {
            $0.hasPrefix("model-") && $0.hasSuffix(".safetensors")
        }
        return readable(["model.safetensors.index.json"] + shards)
    }

    /// The bytes of the checkpoint's files.
    package var bytes: Int { bytes(of: files) }

    /// The bytes of the weights, without those of heads.
    package var weightBytes: Int { bytes(of: weightFiles) }

    private func bytes(of files: [String]) -> Int {
        files.reduce(0) { sum, name in
            var status = stat()
            return stat("\(path)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }

    /// Refuses to give the folder up when it holds more than a checkpoint.
    ///
    /// - Throws: `OfframpError` (`usage`) naming what else is there.
    func checkHoldsNothingElse() throws {
        for part in parts { try CheckpointFolder("\(path)/\(part)").checkHoldsNothingElse() }
        let known = Set(files + ["exits"] + parts)
        let inside = Folder.names(in: path) + Folder.names(in: exits).map { "exits/\($0)" }
        guard let other = inside.first(where: { !known.contains($0) }) else { return }
        throw OfframpError(
            .usage, at: path, found: "\(other), which is no part of a checkpoint",
            expected: "a folder that can be replaced, or a new name")
    }
}

extension CheckpointFolder {
    /// Refuses before a long run what would be refused after it.
    ///
    /// - Parameters:
    ///   - method: whose heads are to be written.
    ///   - backbone: whether a backbone is to be written too.
    ///   - overwriting: whether files that are there may be replaced.
    /// - Throws: `OfframpError` (`usage`) when a file is there and may not be replaced, or when heads
    ///   of other methods are there that the new backbone would take theirs from, or a part of a split checkpoint.
    package func checkRoom(for method: String, backbone: Bool, overwriting: Bool) throws {
        try checkIsNoPart()
        if backbone { try checkNoHeads(besides: method) }
        let heads = [headWeights(method), settings(method)]
        let tokenizer = tokenizerFiles.map { "\(path)/\($0)" }
        let files = heads + (backbone ? [weights, configuration] + tokenizer : [])
        guard !overwriting, let existing = files.first(where: { access($0, F_OK) == 0 }) else {
            return
        }
        throw OfframpError(
            .usage, at: existing, found: "an existing file",
            expected: "a new folder, or --force to replace it")
    }

    private func checkIsNoPart() throws {
        guard isPart else { return }
        throw OfframpError(
            .usage, at: path, found: "a part of a split checkpoint", expected: "another folder")
    }

    /// Heads are of use only on the backbone that they were trained on.
    private func checkNoHeads(besides method: String) throws {
        let others = methods.filter { $0 != method }
        guard !others.isEmpty else { return }
        throw OfframpError(
            .usage, at: exits,
            found: "heads of \(others.joined(separator: ", ")), trained on the backbone there",
            expected: "another folder, or --freeze with this one as --backbone too")
    }
}

extension OutputFolder {
    /// A folder for a checkpoint that is made from others.
    ///
    /// - Parameter overwriting: whether a checkpoint of that name may be replaced.
    /// - Throws: `OfframpError`: `usage` when the name is that of a source, or is taken and may not
    ///   be replaced; `io` when the folder around it cannot be written to.
    package init(path: String, from sources: [CheckpointFolder], overwriting: Bool) throws {
        let folder = CheckpointFolder(path)
        guard !sources.contains(folder) else {
            throw OfframpError(
                .usage, at: path, found: "a folder that is read", expected: "another folder")
        }
        if overwriting { try folder.checkHoldsNothingElse() }
        try self.init(path: path, overwriting: overwriting)
    }
}
