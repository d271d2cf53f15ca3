import OfframpFiles

/// The files that a user means: those that are named, and the data files of folders that are.
enum DataPaths {
    /// Puts the files of each folder in its place, by name.
    ///
    /// Hidden files and those that begin with an underscore, such as Spark's `_SUCCESS`, are no data. Folders in
    /// folders are not looked into.
    ///
    /// - Parameter hasFormat: whether the user has named the format, so that any ending will do.
    /// - Throws: `OfframpError` (`noInput`) for a folder without data files.
    static func files(_ paths: [String], hasFormat: Bool) throws -> [String] {
        try paths.flatMap { path in
            guard path != "-", Folder.exists(path) else { return [path] }
            let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
            let files = Folder.names(in: path)
                .filter { !$0.hasPrefix(".") && !$0.hasPrefix("_") }
                .map { "\(folder)/\($0)" }
                .filter { !Folder.exists($0) && (hasFormat || isData($0)) }
            guard !files.isEmpty else {
                throw OfframpError(
                    .noInput, at: path, found: "a folder without data files",
                    expected: "files that end with one of "
                        + DataFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: " "))
            }
            return files
        }
    }

    private static func isData(_ path: String) -> Bool {
        (try? DataFormat(path: path, or: "--format")) != nil
    }
}
