import Glibc
import OfframpFiles

/// A new empty folder, removed with its content when the last reference is released.
package final class TemporaryFolder: Sendable {
    /// The folder's path, without a trailing slash.
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
    package var names: [String] { Folder.names(in: path) }

    deinit { Folder.removeAll(path) }
}
