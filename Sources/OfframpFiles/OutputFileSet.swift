import Glibc

/// Files that appear in a folder together or not at all, beside others that stay as they are.
///
/// They are written into a hidden folder inside it, out of which `commit` moves them. An interrupt
/// comes before all of the moves or after them.
public struct OutputFileSet: ~Copyable, Sendable {
    /// Where the files are to be written until the commit.
    public var temporaryPath: String { hidden.path }
    private let folder: String
    private let hidden: HiddenFolder

    /// Makes the hidden folder.
    ///
    /// - Parameter folder: the folder that the files are for.
    /// - Throws: `OfframpError` (`io`) when it cannot be written to.
    public init(in folder: String) throws {
        self.folder = folder
        hidden = try HiddenFolder(beside: "\(folder)/files", for: folder)
    }

    /// Puts files under their names; old ones of these names go.
    ///
    /// - Parameter names: paths inside the folder, in the order in which they are to appear.
    /// - Throws: `OfframpError` (`io`).
    public consuming func commit(_ names: [String]) throws {
        let isDone = UnfinishedFiles.withoutInterruption {
            names.allSatisfy { rename("\(temporaryPath)/\($0)", "\(folder)/\($0)") == 0 }
        }
        guard isDone else { throw HiddenFolder.failure(folder) }
    }
}
