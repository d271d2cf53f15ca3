import OfframpFiles

/// An output file that is compressed if its name says so.
struct CompressedFile: ~Copyable {
    private var file: OutputFile
    private let compressor: (any Compressor)?
    /// What is not compressed yet.
    private var plain: [UInt8] = []

    private static let bufferSize = 1 << 18

    init(_ file: consuming OutputFile, _ compression: Compression?) {
        self.file = file
        compressor = compression?.compressor()
    }

    /// Appends text as UTF-8.
    ///
    /// - Throws: `OfframpError` (`io`).
    mutating func write(_ text: String) throws {
        guard compressor != nil else { return try file.write(text) }
        plain += text.utf8
        if plain.count > Self.bufferSize { try compress(isLast: false) }
    }

    /// Writes what is buffered, so that the reader of a pipe sees it now. A compressor keeps its bytes:
    /// ending a block at each flush would make the file larger.
    ///
    /// - Throws: `OfframpError` (`io`).
    mutating func flush() throws { try file.flush() }

    /// Completes the file and gives it its name.
    ///
    /// - Throws: `OfframpError` (`io`).
    consuming func commit() throws {
        try compress(isLast: true)
        try file.commit()
    }

    private mutating func compress(isLast: Bool) throws {
        guard let compressor else { return }
        var packed: [UInt8] = []
        plain.withUnsafeBytes {
            compressor.compress($0, isLast: isLast, appendingTo: &packed)
        }
        plain.removeAll(keepingCapacity: true)
        try packed.withUnsafeBytes { try file.write($0) }
    }
}
