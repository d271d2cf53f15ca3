import Glibc

/// Files that appear in a folder together or not at all, beside others that stay as they are.
///
/// They are written into a hidden folder inside it, from which `commit` moves them. An interrupt
/// takes effect before the first move or after the last.
package struct OutputFileSet: ~Copyable, Sendable {
    /// The folder to write the files into.
    package var temporaryPath: String { hidden.path }
    private let folder: String
    private let hidden: HiddenFolder

    /// Makes the hidden folder.
    ///
    /// - Parameter folder: the folder that the files are for.
    /// - Throws: `OfframpError` (`io`) when it cannot be written to.
    package init(in folder: String) throws {
        self.folder = folder
        hidden = try HiddenFolder(beside: "\(folder)/files", for: folder)
    }

    /// Moves files to their names; old files of these names are replaced.
    ///
    /// - Parameter names: paths inside the folder, in the order in which they appear.
    /// - Throws: `OfframpError` (`io`).
    package consuming func commit(_ names: [String]) throws {
        let isDone = UnfinishedFiles.withoutInterruption {
            names.allSatisfy { rename("\(temporaryPath)/\($0)", "\(folder)/\($0)") == 0 }
        }
        guard isDone else { throw HiddenFolder.failure(folder) }
    }
}
