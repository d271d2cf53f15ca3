/// A file that appears under its name whole or not at all.
///
/// Bytes go to a hidden temporary file in the same folder; `commit()` flushes it to the disk and
/// renames it. Without a commit (an error, a kill) the old file stays as it was. What cannot be
/// renamed gets its bytes directly: standard output (`-`), a pipe, a device.
public struct OutputFile: ~Copyable, Sendable {
    private let destination: OutputDestination
    private var buffer: [UInt8] = []
    private var isCommitted = false

    private static let bufferSize = 1 << 18

    /// Opens a temporary file beside `path`, or what stands under `path` if it is no regular file.
    ///
    /// - Parameters:
    ///   - path: a file, or `-` for standard output.
    ///   - overwriting: whether a regular file of that name may be replaced; its access rights
    ///     stay, and a symbolic link to it stays a link.
    /// - Throws: `OfframpError`: `usage` when the file exists and `overwriting` is false or the
    ///   path is a folder, `io` when the folder cannot be written to.
    public init(path: String, overwriting: Bool) throws {
        destination = try OutputDestination(path: path, overwriting: overwriting)
        buffer.reserveCapacity(Self.bufferSize)
    }

    /// Appends bytes.
    ///
    /// - Throws: `OfframpError` (`io`), on a full disk for example.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        if buffer.count + bytes.count > Self.bufferSize { try flush() }
        if bytes.count > Self.bufferSize {
            try destination.writeAll(bytes)
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

    /// Hands what is buffered to the system, so that the reader of a pipe sees it now.
    ///
    /// - Throws: `OfframpError` (`io`).
    public mutating func flush() throws {
        // Also after a failure: bytes that went half-way must not be written a second time.
        defer { buffer.removeAll(keepingCapacity: true) }
        try buffer.withUnsafeBytes { try destination.writeAll($0) }
    }

    /// Flushes everything to the disk and puts the file under its name.
    ///
    /// - Throws: `OfframpError` (`io`); the old file is then untouched.
    public consuming func commit() throws {
        try flush()
        try destination.publish()
        isCommitted = true
    }

    deinit {
        destination.close()
        if !isCommitted { destination.discard() }
    }
}
