import Glibc

/// A lock that one process at a time has. The system takes it back when the process ends, however it ends.
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock; `nil` where its file was removed in the meantime, by the process that had it.
    ///
    /// - Parameter path: a file that is made if it is not there.
    /// - Throws: `OfframpError`: `busy` while another process has it, `io` where the file cannot be made or locked.
    init?(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.failure(path)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? Self.taken(path) : Self.failure(path)
        }
        // A file that has lost its name keeps nobody out.
        let file = FileIdentity(descriptor)
        guard file != nil, file == FileIdentity(path: path) else { return nil }
    }

    deinit { close(descriptor) }

    private static func taken(_ path: String) -> OfframpError {
        OfframpError(
            .busy, at: path, found: "a lock of another process", expected: "none: it may be running"
        )
    }

    private static func failure(_ path: String) -> OfframpError {
        .system(.io, at: path, expected: "a file to lock")
    }
}
