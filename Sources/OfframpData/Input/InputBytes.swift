import OfframpFiles

/// The bytes of a file or of standard input, decompressed where they are compressed.
///
/// A name that ends with `.gz` or `.zst` must hold what it says; other files are known by their first
/// bytes.
struct InputBytes: ~Copyable {
    private let file: InputFile
    private let named: Compression?
    /// `nil` where the bytes are plain, and before the first piece.
    private var compression: Compression?
    private var decompressor: (any Decompressor)?
    private var hasBegun = false
    /// What has been read from the file; used up to `position`.
    private var packed: [UInt8] = []
    private var position = 0

    init(path: String) throws {
        file = try InputFile(path: path)
        named = Compression(path: path)
    }

    /// The name that errors use.
    var name: String { file.name }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    var shareRead: Double? { file.shareRead }

    /// Appends the next piece to `bytes` and returns whether there was one.
    ///
    /// - Throws: `OfframpError`: `io` when reading fails, `data` for compressed bytes that are damaged or
    ///   end early.
    mutating func read(appendingTo bytes: inout [UInt8]) throws -> Bool {
        if !hasBegun { try begin() }
        guard let decompressor, let compression else { return try readPlain(&bytes) }
        let before = bytes.count
        while true {
            do {
                position += try decompressor.decompress(
                    packed[position...], appendingTo: &bytes)
            } catch let error as DamagedData {
                throw failure("damaged \(compression.name) data (\(error.reason))")
            }
            if bytes.count > before { return true }
            if position < packed.count { continue }
            (packed, position) = ([], 0)
            if try file.read(appendingTo: &packed) { continue }
            guard decompressor.isBetweenParts else {
                throw failure("\(compression.name) data that end early")
            }
            return false
        }
    }

    private mutating func begin() throws {
        hasBegun = true
        // No more than can tell: after a short first line the sender may wait for an answer.
        while try file.read(appendingTo: &packed), named == nil, Compression.isOpen(packed) {}
        compression = named ?? Compression(firstBytes: packed)
        decompressor = compression?.decompressor()
        if named != nil, packed.isEmpty { throw failure("an empty file") }
    }

    private mutating func readPlain(_ bytes: inout [UInt8]) throws -> Bool {
        guard !packed.isEmpty else { return try file.read(appendingTo: &bytes) }
        bytes += packed
        packed = []
        return true
    }

    private func failure(_ found: String) -> OfframpError {
        OfframpError(
            .data, at: name, found: found,
            expected: compression.map { "a whole file of \($0.name)" } ?? "a whole file")
    }
}
