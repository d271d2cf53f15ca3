import Glibc

/// What can be done with a folder as a whole.
package enum Folder {
    /// The names in a folder, sorted; none where it cannot be read.
    package static func names(in path: String) -> [String] {
        guard let handle = opendir(path) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// Removes a folder with all that is in it, or a file; of a symbolic link only the link.
    package static func removeAll(_ path: String) {
        guard unlink(path) != 0, errno == EISDIR else { return }
        // Another round where a thread that is still at work has put a file in meanwhile.
        for _ in 0..<3 {
            for name in names(in: path) { removeAll("\(path)/\(name)") }
            if rmdir(path) == 0 { return }
        }
    }
}
