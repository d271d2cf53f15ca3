import Glibc

/// Files that appear in a folder together or not at all, beside others that stay as they are.
///
/// They are written into a hidden folder inside it, out of which `commit` moves them. An interrupt
/// comes before all of the moves or after them.
public struct OutputFileSet: ~Copyable, Sendable {
    /// Where the files are to be written until the commit.
    public let temporaryPath: String
    private let folder: String

    /// Makes the hidden folder.
    ///
    /// - Parameter folder: the folder that the files are for.
    /// - Throws: `OfframpError` (`io`) when it cannot be written to.
    public init(in folder: String) throws {
        let made = TemporaryName.claim(beside: "\(folder)/files") { mkdir($0, 0o755) == 0 }
        guard let made else { throw Self.failure(folder) }
        (self.folder, temporaryPath) = (folder, made)
    }

    /// Puts files under their names; old ones of these names go.
    ///
    /// - Parameter names: paths inside the folder, in the order in which they are to appear.
    /// - Throws: `OfframpError` (`io`).
    public consuming func commit(_ names: [String]) throws {
        let isDone = UnfinishedFiles.withoutInterruption {
            names.allSatisfy { rename("\(temporaryPath)/\($0)", "\(folder)/\($0)") == 0 }
        }
        guard isDone else { throw Self.failure(folder) }
    }

    deinit {
        Folder.removeAll(temporaryPath)
        UnfinishedFiles.remove(temporaryPath)
    }

    private static func failure(_ folder: String) -> OfframpError {
        OfframpError(
            .io, at: folder, found: String(cString: strerror(errno)), expected: "a writable folder")
    }
}
