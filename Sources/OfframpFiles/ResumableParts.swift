import Glibc

/// The complete parts of an output whose making may be interrupted at any moment and go on later.
///
/// They lie in a locked folder beside the output, each a file that is complete or not there, with a manifest of what
/// they are parts of. When all are there they are joined inside the folder, and the whole gets the output's name.
/// So nothing unfinished is ever beside the output.
package struct ResumableParts: ~Copyable {
    /// The name that the output gets; links resolved.
    private let output: String
    /// The output's name as it was given, whose ending decides on compression.
    private let name: Substring
    private let folder: LockedFolder
    private let run: JSON
    private let isReplacing: Bool
    /// How many parts are complete.
    package private(set) var count: Int

    /// Begins, or goes on; `nil` where the same run had given the output its name before it was interrupted.
    ///
    /// - Parameters:
    ///   - output: the file that the parts become.
    ///   - manifest: an object that says what is made of what; it must be as it was.
    ///   - overwriting: whether `output` may be replaced.
    /// - Throws: `OfframpError`: `usage` for a name that is taken and for another manifest, `busy` while another
    ///   process writes, `io`.
    package init?(_ output: String, manifest run: JSON, overwriting: Bool) throws {
        let place = try OutputDestination.regularFile(output, overwriting: true)
        let folder = try LockedFolder(place + ".parts")
        guard try Self.begin(run, in: folder, for: place, overwriting: overwriting) else {
            return nil
        }
        name = output.split(separator: "/").last ?? ""
        count = Self.count(in: folder.path, name)
        (self.output, self.run, isReplacing) = (place, run, overwriting)
        self.folder = folder
    }

    /// Where the next part goes; what is there does not count, and is replaced.
    package var nextPath: String { Self.part(count, in: folder.path, name) }

    /// The next part is complete.
    package mutating func addPart() { count += 1 }

    /// Joins the parts to the output, and removes them.
    ///
    /// - Throws: `OfframpError` (`io`); the parts then stay.
    package consuming func finish() throws {
        var whole = try OutputFile(
            path: output, overwriting: isReplacing, unfinishedIn: folder.path)
        for index in 0..<count {
            let path = Self.part(index, in: folder.path, name)
            let part = try OfframpError.asIO { try MappedFile(path: path) }
            try part.withBytes { try whole.write($0) }
        }
        try PartsManifest(run, whole: whole.identity()).write(to: folder.path)
        try whole.commit()
        // Before the parts go.
        try Folder.synchronize(around: output)
        folder.remove(last: PartsManifest.name)
    }

    /// Has the folder hold the manifest of a run, and no parts of another one.
    ///
    /// - Returns: false where the run has ended and nothing is to be done.
    private static func begin(
        _ run: JSON, in folder: borrowing LockedFolder, for output: String, overwriting: Bool
    ) throws -> Bool {
        let found = try PartsManifest(in: folder.path)
        if let found, !found.isJoined(as: output) {
            _ = try OutputDestination.regularFile(output, overwriting: overwriting)
            try found.check(run, in: folder.path)
            // What a killed process has left is in nobody's way.
            try? folder.clear { !TemporaryName.isTemporary($0) }
            return true
        }
        if found?.run == run {
            folder.remove(last: PartsManifest.name)
            return false
        }
        // What an ended run would have removed.
        if found != nil { try folder.clear() }
        try beginAnew(run, in: folder, for: output, overwriting: overwriting)
        return true
    }

    /// Begins a run where there is nothing that could be lost.
    private static func beginAnew(
        _ run: JSON, in folder: borrowing LockedFolder, for output: String, overwriting: Bool
    ) throws {
        do {
            _ = try OutputDestination.regularFile(output, overwriting: overwriting)
            try folder.clear { !TemporaryName.isTemporary($0) }
            guard try folder.isEmpty() else {
                throw OfframpError(
                    .usage, at: folder.path, found: "files without a manifest",
                    expected: "parts of an output, or nothing")
            }
        } catch {
            folder.leave()
            throw error
        }
        try PartsManifest(run).write(to: folder.path)
    }

    private static func count(in folder: String, _ name: Substring) -> Int {
        (0...).first { access(part($0, in: folder, name), F_OK) != 0 } ?? 0
    }

    private static func part(_ index: Int, in folder: String, _ name: Substring) -> String {
        "\(folder)/\(index)-\(name)"
    }
}
