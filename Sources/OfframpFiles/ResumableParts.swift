import Glibc

/// The complete parts of an output whose making may be interrupted at any moment and go on later.
///
/// They lie in a folder beside the output, each a file that is complete or not there, with a manifest of what they
/// are parts of, and a lock against a second writer. The output itself appears when all are there.
package struct ResumableParts: ~Copyable {
    private let output: String
    private let folder: String
    private let isReplacing: Bool
    private let lock: FileLock
    /// How many parts are complete.
    package private(set) var count: Int

    /// Begins, or goes on.
    ///
    /// - Parameters:
    ///   - output: the file that the parts become.
    ///   - manifest: an object that says what is made of what; it must be as it was.
    ///   - overwriting: whether `output` may be replaced.
    /// - Throws: `OfframpError`: `usage` for a name that is taken and for another manifest, `busy` while another
    ///   process writes, `io`.
    package init(_ output: String, manifest: JSON, overwriting: Bool) throws {
        // Whether the output can be written at all; the trial leaves nothing behind.
        do { _ = try OutputFile(path: output, overwriting: overwriting) }
        let folder = Self.folder(output)
        if mkdir(folder, 0o777) != 0, errno != EEXIST {
            throw OfframpError.system(.io, at: folder, expected: "a folder that can be made")
        }
        let lock = try FileLock(path: folder + "/lock")
        try Self.check(manifest, in: folder)
        let names = Set(Folder.names(in: folder))
        let name = Self.name(output)
        count = (0...).first { !names.contains(Self.part($0, of: name)) } ?? 0
        (self.output, self.folder, isReplacing) = (output, folder, overwriting)
        self.lock = lock
    }

    /// Where the next part goes, as a file that is not there until it is complete.
    package var nextPath: String { "\(folder)/\(Self.part(count, of: Self.name(output)))" }

    /// The next part is complete.
    package mutating func addPart() { count += 1 }

    /// Joins the parts to the output, and removes them.
    ///
    /// - Throws: `OfframpError` (`io`); the parts then stay.
    package consuming func finish() throws {
        var whole = try OutputFile(path: output, overwriting: isReplacing)
        for index in 0..<count {
            let path = "\(folder)/\(Self.part(index, of: Self.name(output)))"
            try MappedFile(path: path).withBytes { try whole.write($0) }
        }
        let mark = folder + "/" + Self.mark
        close(open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666))
        do { try whole.commit() } catch {
            // What has the name now is not the parts'.
            unlink(mark)
            throw error
        }
        Self.remove(output)
    }

    /// Whether a run has given the output its name and was then interrupted, before all parts were removed.
    package static func areJoined(_ output: String) -> Bool {
        let folder = folder(output)
        guard access(output, F_OK) == 0, Folder.exists(folder) else { return false }
        let names = Folder.names(in: folder)
        return names.isEmpty || names.contains(mark)
    }

    /// Removes the parts; the mark is the last to go.
    package static func remove(_ output: String) {
        let folder = folder(output)
        for name in Folder.names(in: folder) where name != mark {
            Folder.removeAll("\(folder)/\(name)")
        }
        Folder.removeAll(folder)
    }

    /// There from the moment in which all parts are joined.
    private static let mark = "joined"

    private static func folder(_ output: String) -> String { output + ".parts" }

    private static func name(_ output: String) -> Substring {
        output.split(separator: "/").last ?? ""
    }

    /// The ending is that of the output, which decides on compression.
    private static func part(_ index: Int, of name: Substring) -> String { "\(index)-\(name)" }

    private static func check(_ manifest: JSON, in folder: String) throws {
        let path = folder + "/manifest.json"
        guard access(path, F_OK) == 0 else {
            var file = try OutputFile(path: path, overwriting: false)
            try file.write(manifest.text())
            return try file.commit()
        }
        let before = try JSON(file: path)
        let keys = (before.members ?? []).map(\.key) + (manifest.members ?? []).map(\.key)
        guard let key = keys.first(where: { before[$0] != manifest[$0] }) else { return }
        throw OfframpError(
            .usage, at: "\(path): \(key)", found: before[key]?.text() ?? "nothing",
            expected:
                "\(manifest[key]?.text() ?? "nothing"), or another output: these are parts of another run"
        )
    }
}
