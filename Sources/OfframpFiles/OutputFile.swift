/// A file that appears under its name complete or not at all.
///
/// Bytes go to a hidden temporary file in the same folder; `commit()` flushes it to the disk and
/// renames it. Without a commit (an error, a kill) the old file stays as it was. Standard output
/// (`-`), pipes and devices cannot be renamed and get their bytes directly.
package struct OutputFile: ~Copyable, Sendable {
    private let destination: OutputDestination
    private var buffer: [UInt8] = []
    private var isCommitted = false

    private static let bufferSize = 1 << 18

    /// Opens a temporary file beside `path`, or `path` itself if it is not a regular file.
    ///
    /// - Parameters:
    ///   - path: a file, or `-` for standard output.
    ///   - overwriting: whether a regular file of that name may be replaced; its access rights
    ///     stay, and a symbolic link to it stays a link.
    /// - Throws: `OfframpError`: `usage` when the file exists and `overwriting` is false or the
    ///   path is a folder, `io` when the folder cannot be written to.
    package init(path: String, overwriting: Bool) throws {
        try self.init(path: path, overwriting: overwriting, unfinishedIn: nil)
    }

    /// Opens a temporary file in another folder of the same file system.
    init(path: String, overwriting: Bool, unfinishedIn folder: String?) throws {
        destination = try OutputDestination(
            path: path, overwriting: overwriting, unfinishedIn: folder)
        buffer.reserveCapacity(Self.bufferSize)
    }

    /// Appends bytes.
    ///
    /// - Throws: `OfframpError` (`io`), on a full disk for example.
    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
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
    package mutating func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    /// Writes what is buffered, so that the reader of a pipe sees it now.
    ///
    /// - Throws: `OfframpError` (`io`).
    package mutating func flush() throws {
        // Also after a failure: bytes of which a part was written must not be written again.
        defer { buffer.removeAll(keepingCapacity: true) }
        try buffer.withUnsafeBytes { try destination.writeAll($0) }
    }

    /// Which file it is, with the bytes so far.
    ///
    /// - Throws: `OfframpError` (`io`).
    mutating func identity() throws -> FileIdentity {
        try flush()
        return try destination.identity()
    }

    /// Flushes everything to the disk and gives the file its name.
    ///
    /// - Throws: `OfframpError` (`io`); the old file is then untouched.
    package consuming func commit() throws {
        try flush()
        try destination.publish()
        isCommitted = true
    }

    deinit {
        destination.close()
        if !isCommitted { destination.discard() }
    }
}
