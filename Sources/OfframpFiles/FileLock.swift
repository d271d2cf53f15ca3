import Glibc

/// A lock that one process at a time has. The system takes it back when the process ends, however it ends.
package struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Parameter path: a file that is made if it is not there, and stays.
    /// - Throws: `OfframpError`: `busy` while another process has it, `io` where the file cannot be made.
    package init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw OfframpError.system(.io, at: path, expected: "a file to lock")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw OfframpError(
                .busy, at: path, found: "a lock of another process",
                expected: "none: it may be running")
        }
    }

    deinit { close(descriptor) }
}
