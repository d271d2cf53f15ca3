import Glibc

/// Operations on whole folders.
package enum Folder {
    /// Whether a path names a folder, by a link as well.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted; empty if it cannot be read.
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

    /// Removes a file, or a folder with its content. Of a symbolic link only the link goes.
    package static func removeAll(_ path: String) {
        guard unlink(path) != 0, errno == EISDIR else { return }
        // Retried, as another thread may add a file in the meantime.
        for _ in 0..<3 {
            for name in names(in: path) { removeAll("\(path)/\(name)") }
            if rmdir(path) == 0 { return }
        }
    }
}
