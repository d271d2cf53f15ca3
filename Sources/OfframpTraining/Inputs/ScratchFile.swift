import Glibc
import OfframpFiles

/// Floats in a file without a name, which disappears with this object, or with the program.
final class ScratchFile: Sendable {
    /// How a float is kept.
    enum Format: Sendable {
        /// As it is.
        case float32
        /// Rounded to the nearest bfloat16, in half the room.
        case bfloat16

        fileprivate var size: Int {
            switch self {
            case .float32: MemoryLayout<Float>.stride
            case .bfloat16: MemoryLayout<UInt16>.stride
            }
        }
    }

    private let descriptor: Int32
    private let folder: String
    private let format: Format
    private let bytes: Int

    /// Reserves room for some floats on the disk of a folder.
    ///
    /// - Throws: `OfframpError` (`io`) when there is none.
    init(floats: Int, as format: Format, folder: String) throws {
        (self.folder, self.format) = (folder, format)
        bytes = max(floats, 1) * format.size
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
        switch format {
        case .float32: transferred(count, position) { pwrite(descriptor, values, $0, $1) }
        case .bfloat16:
            withRoom(for: count) { rounded in
                rounded.round(values, count: count)
                return transferred(count, position) { pwrite(descriptor, rounded, $0, $1) }
            }
        }
    }

    /// Reads floats from a position on; several threads may.
    func read(_ values: UnsafeMutablePointer<Float>, count: Int, at position: Int) {
        let isRead =
            switch format {
            case .float32: transferred(count, position) { pread(descriptor, values, $0, $1) }
            case .bfloat16:
                withRoom(for: count) { rounded in
                    let isRead = transferred(count, position) { pread(descriptor, rounded, $0, $1) }
                    values.widen(rounded, count: count)
                    return isRead
                }
            }
        // As with mapped memory: nobody can go on without what was there a moment ago.
        precondition(isRead, "the disk of \(folder) failed: error \(errno)")
    }

    private func withRoom(
        for count: Int, _ body: (UnsafeMutablePointer<UInt16>) -> Bool
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: count) {
            $0.baseAddress.map(body) ?? true
        }
    }

    private func transferred(
        _ count: Int, _ position: Int, _ call: (_ bytes: Int, _ offset: Int) -> Int
    ) -> Bool {
        call(count * format.size, position * format.size) == count * format.size
    }

    /// The error that says so.
    func noRoom(_ status: Int32) -> OfframpError {
        .system(
            .io, at: folder, expected: "room for \(bytes >> 20) MiB of hidden states",
            code: status)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
