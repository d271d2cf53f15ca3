import Glibc
import OfframpFiles

/// Floats in a file without a name, which disappears with this object, or with the program.
final class ScratchFile: Sendable {
    private let descriptor: Int32
    private let folder: String
    private let bytes: Int

    /// Reserves room for some floats on the disk of a folder.
    ///
    /// - Throws: `OfframpError` (`io`) when there is none.
    init(floats: Int, folder: String) throws {
        self.folder = folder
        bytes = max(floats, 1) * MemoryLayout<Float>.stride
        var path = Array("\(folder)/.features.XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw noRoom(errno) }
        unlink(path)
        let status = posix_fallocate(descriptor, 0, bytes)
        guard status == 0 else { throw noRoom(status) }
    }

    /// Writes floats from a position on; several threads may.
    ///
    /// - Returns: whether the system took them; `errno` says why not.
    func write(_ values: UnsafePointer<Float>, count: Int, at position: Int) -> Bool {
        transferred(count, position) { pwrite(descriptor, values, $0, $1) }
    }

    /// Reads floats from a position on; several threads may.
    func read(_ values: UnsafeMutablePointer<Float>, count: Int, at position: Int) {
        let isRead = transferred(count, position) { pread(descriptor, values, $0, $1) }
        // As with mapped memory: nobody can go on without what was there a moment ago.
        precondition(isRead, "the disk of \(folder) failed: error \(errno)")
    }

    private func transferred(
        _ count: Int, _ position: Int, _ call: (_ bytes: Int, _ offset: Int) -> Int
    ) -> Bool {
        let size = MemoryLayout<Float>.stride
        return call(count * size, position * size) == count * size
    }

    /// The error that says so.
    func noRoom(_ status: Int32) -> OfframpError {
        .system(
            .io, at: folder, expected: "room for \(bytes >> 20) MiB of hidden states",
            code: status)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
