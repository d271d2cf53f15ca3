import Glibc

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a temporary file in the same folder; `commit()` flushes it to the disk and renames
/// it. Without a commit (an error, a kill) the old file stays as it was.
public struct OutputFile: ~Copyable {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isOpen = true

    private static let bufferSize = 1 << 18

    /// Opens a temporary file beside `path`.
    ///
    /// - Throws: `OfframpError`: `usage` when the file exists and `overwriting` is false, `io` when
    ///   the folder cannot be written to.
    public init(path: String, overwriting: Bool) throws {
        if !overwriting, access(path, F_OK) == 0 {
            throw OfframpError(
                .usage, at: path, found: "an existing file",
                expected: "a new name, or --force to replace it")
        }
        // A hidden name in the same folder: `rename` is atomic only within one file system.
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let temporaryPath = "\(folder).\(path[folder.endIndex...]).\(getpid()).partial"
        let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(path) }
        self.path = path
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
        buffer.reserveCapacity(Self.bufferSize)
    }

    /// Appends bytes.
    ///
    /// - Throws: `OfframpError` (`io`), on a full disk for example.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        if buffer.count + bytes.count > Self.bufferSize { try flush() }
        if bytes.count > Self.bufferSize {
            try writeAll(bytes)
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    /// Appends text as UTF-8.
    ///
    /// - Throws: `OfframpError` (`io`).
    public mutating func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    /// Flushes everything to the disk and puts the file under its name.
    ///
    /// - Throws: `OfframpError` (`io`); the old file is then untouched.
    public consuming func commit() throws {
        try flush()
        guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
            throw Self.failure(path)
        }
        close(descriptor)
        isOpen = false
    }

    deinit {
        guard isOpen else { return }
        close(descriptor)
        unlink(temporaryPath)
    }

    private mutating func flush() throws {
        try buffer.withUnsafeBytes { try writeAll($0) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
            let written = Glibc.write(descriptor, start, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(written)
        }
    }

    private static func failure(_ path: String) -> OfframpError {
        OfframpError(
            .io, at: path, found: String(cString: strerror(errno)), expected: "a writable file")
    }
}
