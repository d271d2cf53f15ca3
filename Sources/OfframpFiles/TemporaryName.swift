import Glibc

/// A hidden name beside that of an output, for as long as it is unfinished.
enum TemporaryName {
    /// Tries names in the output's own folder until `make` has made something of one: `rename` is
    /// atomic only within one file system.
    ///
    /// - Parameter make: whether it could be made; must fail with `EEXIST` for a name that is taken.
    /// - Returns: the name, or `nil` when `make` failed for another reason, left in `errno`.
    static func claim(beside path: String, _ make: (String) -> Bool) -> String? {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let name = path.dropFirst(folder.count)
        for attempt in 0..<100 {
            let candidate = "\(folder).\(name).\(getpid())-\(attempt).partial"
            if UnfinishedFiles.insert(candidate, make) { return candidate }
            guard errno == EEXIST else { return nil }
        }
        return nil
    }
}
