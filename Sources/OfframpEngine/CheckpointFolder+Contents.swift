import Glibc
import OfframpFiles

extension CheckpointFolder {
    /// The files of the checkpoint that is here; what else lies in the folder does not count.
    private var files: [String] {
        let heads = methods.flatMap { ["exits/\($0).json", "exits/\($0).safetensors"] }
        return texts + ["model.safetensors"] + heads
    }

    /// The bytes of the checkpoint's files.
    public var bytes: Int {
        files.reduce(0) { sum, name in
            var status = stat()
            return stat("\(path)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }

    /// Refuses to give the folder up when it holds more than a checkpoint.
    ///
    /// - Throws: `OfframpError` (`usage`) naming what else is there.
    func checkHoldsNothingElse() throws {
        let known = Set(files + ["exits"])
        let inside = Folder.names(in: path) + Folder.names(in: exits).map { "exits/\($0)" }
        guard let other = inside.first(where: { !known.contains($0) }) else { return }
        throw OfframpError(
            .usage, at: path, found: "\(other), which is no part of a checkpoint",
            expected: "a folder that can be replaced, or a new name")
    }
}

extension OutputFolder {
    /// A folder for a checkpoint that is made from others.
    ///
    /// - Parameter overwriting: whether a checkpoint of that name may be replaced.
    /// - Throws: `OfframpError`: `usage` when the name is that of a source, or is taken and may not
    ///   be replaced; `io` when the folder around it cannot be written to.
    public init(path: String, from sources: [CheckpointFolder], overwriting: Bool) throws {
        let folder = CheckpointFolder(path)
        guard !sources.contains(folder) else {
            throw OfframpError(
                .usage, at: path, found: "a folder that is read", expected: "another folder")
        }
        if overwriting { try folder.checkHoldsNothingElse() }
        try self.init(path: path, overwriting: overwriting)
    }
}
