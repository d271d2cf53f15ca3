import Glibc

/// A folder that appears under its name whole or not at all.
///
/// Its files are written into a hidden folder beside it, which `commit()` renames. Without a commit
/// (an error, a kill) an old folder stays as it was.
public struct OutputFolder: ~Copyable, Sendable {
    /// Where the files are to be written until the commit.
    public var temporaryPath: String { hidden.path }
    /// The name that the folder gets; links resolved.
    private let path: String
    private let replaces: Bool
    // What stands in it goes in any case: the unfinished files, or those of the old folder.
    private let hidden: HiddenFolder

    /// Makes the hidden folder.
    ///
    /// - Parameters:
    ///   - path: the folder's name to be.
    ///   - overwriting: whether a folder of that name may be replaced, with all that is in it.
    /// - Throws: `OfframpError`: `usage` when the name is taken and may not be replaced, `io` when
    ///   the folder around it cannot be written to.
    public init(path: String, overwriting: Bool) throws {
        let exists = try Self.exists(path, overwriting: overwriting)
        let resolved = Self.resolved(path, exists: exists)
        hidden = try HiddenFolder(beside: resolved, for: path)
        (self.path, replaces) = (resolved, exists)
    }

    /// Puts the folder under its name; an old one goes.
    ///
    /// - Throws: `OfframpError` (`io`); the old folder is then in its place as it was.
    public consuming func commit() throws {
        let isDone = UnfinishedFiles.withoutInterruption { replaces ? exchange() : publish() }
        guard isDone else { throw HiddenFolder.failure(path) }
    }

    private func publish() -> Bool { rename(temporaryPath, path) == 0 }

    /// Lets the old and the new folder change places: a folder cannot be renamed over one with files.
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

    /// Whether a folder of that name is there, to be replaced.
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

    /// Without links, `.` and `..` where the folder is there; without slashes at its end.
    private static func resolved(_ path: String, exists: Bool) -> String {
        guard exists, let resolved = realpath(path, nil) else {
            let end = path.lastIndex { $0 != "/" }
            return end.map { String(path[...$0]) } ?? path
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
