import Glibc

/// A hidden name beside that of an output, for as long as it is unfinished.
enum TemporaryName {
    /// Tries names in the output's own folder until `make` has made something of one: `rename` is
    /// atomic only within one file system.
    ///
    /// - Parameter make: whether it could be made; must fail with `EEXIST` for a name that is taken.
    /// - Returns: the name, or `nil` when `make` failed for another reason, left in `errno`.
    static func claim(beside path: String, _ make: (String) -> Bool) -> String? {
        // In bytes: to a String a slash and a combining mark after it are one character.
        let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:))
        let (folder, name) = (
            path[..<(start ?? path.startIndex)], path[(start ?? path.startIndex)...]
        )
        for attempt in 0..<100 {
            let candidate = "\(folder).\(name).\(getpid())-\(attempt).partial"
            if UnfinishedFiles.insert(candidate, make) { return candidate }
            guard errno == EEXIST else { return nil }
        }
        return nil
    }
}
