import Glibc

/// The hidden name of an unfinished output, in the same folder.
enum TemporaryName {
    private static let ending = ".partial"

    /// Whether a name in a folder is that of an unfinished output.
    static func isTemporary(_ name: String) -> Bool {
        name.hasPrefix(".") && name.hasSuffix(ending)
    }

    /// Tries names until `make` succeeds with one. They are in the output's own folder, because
    /// `rename` is atomic only within one file system.
    ///
    /// - Parameter make: makes the file or folder; must fail with `EEXIST` for a name that is taken.
    /// - Returns: the name, or `nil` when `make` failed for another reason, left in `errno`.
    static func claim(beside path: String, _ make: (String) -> Bool) -> String? {
        // In bytes, because in a String a slash and a following combining mark are one character.
        let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:))
        let (folder, name) = (
            path[..<(start ?? path.startIndex)], path[(start ?? path.startIndex)...]
        )
        for attempt in 0..<100 {
            let candidate = "\(folder).\(name).\(getpid())-\(attempt)\(ending)"
            if UnfinishedFiles.insert(candidate, make) { return candidate }
            guard errno == EEXIST else { return nil }
        }
        return nil
    }
}
