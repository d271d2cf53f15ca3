import OfframpFiles

/// The files that a user means: those that are named, and the data files of folders that are.
struct DataPaths {
    /// In the order in which they are read.
    private(set) var files: [String] = []
    /// What is passed over, a line for a folder.
    private(set) var notes: [String] = []

    /// Puts the files of each folder in its place, by name.
    ///
    /// Hidden files and those that begin with an underscore, such as Spark's `_SUCCESS`, are no data. What else is
    /// passed over is noted: files without an ending of data, empty ones, pipes, and folders, which are not looked
    /// into.
    ///
    /// - Parameter hasFormat: whether the user has named the format, so that any ending will do.
    /// - Throws: `OfframpError` (`noInput`) for a folder that cannot be read and for one without data files.
    init(_ paths: [String], hasFormat: Bool) throws {
        for path in paths {
            if path != "-", Folder.exists(path) {
                try add(folder: path, hasFormat: hasFormat)
            } else {
                files.append(path)
            }
        }
    }

    private mutating func add(folder: String, hasFormat: Bool) throws {
        let names = try Folder.content(of: folder, or: .noInput)
            .filter { !$0.hasPrefix(".") && !$0.hasPrefix("_") }
        let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let data = names.filter { Self.isData("\(root)/\($0)", hasFormat: hasFormat) }
        guard !data.isEmpty else { throw Self.noData(folder) }
        let filled = data.filter { !InputFile.isEmpty("\(root)/\($0)") }
        // Where all are empty, reading the first one says so.
        let read = filled.isEmpty ? data : filled
        files += read.map { "\(root)/\($0)" }
        let others = Set(names).subtracting(read).sorted()
        guard !others.isEmpty else { return }
        let shown = others.prefix(3).joined(separator: ", ") + (others.count > 3 ? ", …" : "")
        notes.append(
            "\(folder): passed over \(others.count) of \(names.count) files and folders, "
                + "which are empty or do not look like data: \(shown)")
    }

    private static func isData(_ path: String, hasFormat: Bool) -> Bool {
        guard !Folder.exists(path), !InputFile.isStream(path) else { return false }
        return hasFormat || (try? DataFormat(path: path, or: "--format")) != nil
    }

    private static func noData(_ folder: String) -> OfframpError {
        OfframpError(
            .noInput, at: folder, found: "a folder without data files",
            expected: "files that end with one of "
                + DataFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: " "))
    }
}
