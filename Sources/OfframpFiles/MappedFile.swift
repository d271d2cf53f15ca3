import Glibc

/// A file mapped read-only into memory; unmapped when the last reference is released.
///
/// The file must not be truncated while it is mapped: touching a lost page ends the process.
package final class MappedFile: Sendable {
    /// The path it was opened under.
    package let path: String
    private let address: UInt
    private let count: Int

    /// Maps the whole file.
    ///
    /// - Throws: `OfframpError` (`noInput`) when it cannot be opened or is not a regular file.
    package init(path: String) throws {
        self.path = path
        // O_NONBLOCK: opening a named pipe would otherwise wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw OfframpError(
                .noInput, at: path, found: "something that is not a regular file",
                expected: "a file")
        }
        count = Int(status.st_size)
        guard count > 0 else {
            // mmap refuses a length of zero.
            address = 0
            return
        }
        guard let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
            mapping != MAP_FAILED
        else { throw Self.unreadable(path) }
        address = UInt(bitPattern: mapping)
    }

    /// A copy of bytes that did not come from a file, for readers of files.
    ///
    /// - Parameter name: what errors call them.
    /// - Throws: `OfframpError` (`io`) where there is no memory for them.
    package init(copying bytes: [UInt8], named name: String) throws {
        path = name
        count = bytes.count
        guard count > 0 else {
            address = 0
            return
        }
        let (rights, kind) = (PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS)
        guard let copy = mmap(nil, count, rights, kind, -1, 0), copy != MAP_FAILED else {
            throw OfframpError.system(.io, at: name, expected: "memory for \(count) bytes")
        }
        UnsafeMutableRawBufferPointer(start: copy, count: count).copyBytes(from: bytes)
        address = UInt(bitPattern: copy)
    }

    /// The file's bytes; valid for the lifetime of this object.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }

    /// Calls `body` with the bytes and keeps the mapping alive until it returns.
    package func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withExtendedLifetime(self) { try body(bytes) }
    }

    deinit {
        if let start = UnsafeMutableRawPointer(bitPattern: address) { munmap(start, count) }
    }

    private static func unreadable(_ path: String) -> OfframpError {
        .system(.noInput, at: path, expected: "a readable file")
    }
}
