import Glibc

/// A folder that appears under its name complete or not at all.
///
/// Its files are written into a hidden folder beside it, which `commit()` renames. Without a commit
/// (an error, a kill) an old folder stays as it was.
package struct OutputFolder: ~Copyable, Sendable {
    /// The folder to write the files into.
    package var temporaryPath: String { hidden.path }
    /// The name that the folder gets; links resolved.
    private let path: String
    private let replaces: Bool
    // Always removed with its content: the unfinished files, or after the commit the old ones.
    private let hidden: HiddenFolder

    /// Makes the hidden folder.
    ///
    /// - Parameters:
    ///   - path: the folder's final name.
    ///   - overwriting: whether a folder of that name may be replaced, with all its content.
    /// - Throws: `OfframpError`: `usage` when the name is taken and may not be replaced, `io` when
    ///   the parent folder cannot be written to.
    package init(path: String, overwriting: Bool) throws {
        let exists = try Self.exists(path, overwriting: overwriting)
        let resolved = Self.resolved(path, exists: exists)
        hidden = try HiddenFolder(beside: resolved, for: path)
        (self.path, replaces) = (resolved, exists)
    }

    /// Gives the folder its name; an old one is removed.
    ///
    /// - Throws: `OfframpError` (`io`); the old folder is then in its place as it was.
    package consuming func commit() throws {
        let isDone = UnfinishedFiles.withoutInterruption { replaces ? exchange() : publish() }
        guard isDone else { throw HiddenFolder.failure(path) }
    }

    private func publish() -> Bool { rename(temporaryPath, path) == 0 }

    /// Swaps the old and the new folder: `rename` cannot replace a folder that has files.
    private func exchange() -> Bool {
        let aside = temporaryPath + ".old"
        guard rename(path, aside) == 0 else { return false }
        guard publish() else {
            let reason = errno
            rename(aside, path)
            errno = reason
            return false
        }
        rename(aside, temporaryPath)
        return true
    }

    /// Whether there is a folder of that name, to be replaced.
    private static func exists(_ path: String, overwriting: Bool) throws -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        guard isFolder, overwriting else {
            throw OfframpError(
                .usage, at: path, found: isFolder ? "an existing folder" : "an existing file",
                expected: isFolder ? "a new name, or --force to replace it" : "the name of a folder"
            )
        }
        return true
    }

    /// The path without links, `.` and `..` if the folder exists, else without trailing slashes.
    private static func resolved(_ path: String, exists: Bool) -> String {
        guard exists, let resolved = realpath(path, nil) else {
            let end = path.lastIndex { $0 != "/" }
            return end.map { String(path[...$0]) } ?? path
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
