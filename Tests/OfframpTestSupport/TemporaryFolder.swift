import Glibc

/// A new empty folder that goes, with what is in it, when the last reference does.
package final class TemporaryFolder: Sendable {
    /// The folder's path, without a slash at its end.
    package let path: String

    /// Makes the folder under the system's folder for temporary files.
    package init() {
        var template = Array("/tmp/offramp-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? ""
        precondition(!path.isEmpty, "no temporary folder")
    }

    /// The path of a file in the folder.
    package func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Writes a file into the folder and gives its path.
    package func file(_ name: String, _ bytes: [UInt8]) -> String {
        let file = fopen(self(name), "w")
        precondition(file != nil && fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        return self(name)
    }

    /// Writes a file into the folder and gives its path.
    package func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

    /// The names in the folder, sorted.
    package var names: [String] { Self.names(in: path) }

    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    private static func removeAll(_ path: String) {
        for name in names(in: path) { removeAll("\(path)/\(name)") }
        remove(path)
    }

    deinit { Self.removeAll(path) }
}
