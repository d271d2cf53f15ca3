import Glibc

/// Operations on whole folders.
package enum Folder {
    /// Whether a path names a folder, by a link as well.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted; empty if it cannot be read.
    package static func names(in path: String) -> [String] { (try? content(of: path)) ?? [] }

    /// The names in a folder, sorted.
    ///
    /// - Parameter kind: of the error where it cannot be read.
    /// - Throws: `OfframpError`.
    package static func content(
        of path: String, or kind: OfframpError.Kind = .io
    ) throws -> [String] {
        guard let handle = opendir(path) else {
            throw OfframpError.system(kind, at: path, expected: "a readable folder")
        }
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
    ///
    /// - Returns: whether nothing has the name now; if not, `errno` says why.
    @discardableResult
    package static func removeAll(_ path: String) -> Bool {
        if unlink(path) == 0 || errno == ENOENT { return true }
        guard errno == EISDIR else { return false }
        // Retried, as another thread may add a file in the meantime.
        for _ in 0..<3 {
            for name in names(in: path) { removeAll("\(path)/\(name)") }
            if rmdir(path) == 0 { return true }
        }
        return false
    }

    /// Has the names in a file's folder outlast a power failure.
    ///
    /// - Throws: `OfframpError` (`io`).
    static func synchronize(around path: String) throws {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor < 0 || fsync(descriptor) != 0 else { return }
        // Folders that may be written to and not read, and file systems that have nothing to do.
        guard ![EACCES, EINVAL, ENOSYS, ENOTSUP].contains(errno) else { return }
        throw OfframpError.system(.io, at: folder, expected: "a folder on a sound disk")
    }
}
