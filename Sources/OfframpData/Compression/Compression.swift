/// How a file is compressed.
enum Compression: CaseIterable {
    case gzip
    case zstd

    /// By the ending of a file's name, also in capitals; `nil` for any other.
    init?(path: String) {
        let path = path.lowercased()
        guard let found = Self.allCases.first(where: { path.hasSuffix($0.ending) }) else {
            return nil
        }
        self = found
    }

    /// By the first bytes of a file; no text in UTF-8 or UTF-16 begins with them.
    init?(firstBytes bytes: [UInt8]) {
        guard let found = Self.allCases.first(where: { bytes.starts(with: $0.mark) }) else {
            return nil
        }
        self = found
    }

    /// Whether more bytes could tell.
    static func isOpen(_ bytes: [UInt8]) -> Bool {
        allCases.contains { $0.mark.count > bytes.count && $0.mark.starts(with: bytes) }
    }

    /// A name without the ending of a compression.
    static func withoutEnding(_ path: String) -> String {
        Compression(path: path).map { String(path.dropLast($0.ending.count)) } ?? path
    }

    /// The name for errors.
    var name: String { self == .gzip ? "gzip" : "Zstandard" }

    private var ending: String { self == .gzip ? ".gz" : ".zst" }

    private var mark: [UInt8] { self == .gzip ? [0x1F, 0x8B] : [0x28, 0xB5, 0x2F, 0xFD] }
}

extension Compression {
    func decompressor() -> any Decompressor {
        switch self {
        case .gzip: GzipDecompressor()
        case .zstd: ZstdDecompressor()
        }
    }

    func compressor() -> any Compressor {
        switch self {
        case .gzip: GzipCompressor()
        case .zstd: ZstdCompressor()
        }
    }
}

/// Undoes a compression piece by piece; a file may have several compressed parts, one behind the other.
protocol Decompressor: AnyObject {
    /// Whether no part has begun that has not ended.
    var isBetweenParts: Bool { get }

    /// Decompresses some of the input, at most as much as gives `Decompression.pieceSize` bytes.
    ///
    /// - Returns: how many bytes of the input were used. No output means that more input is needed.
    /// - Throws: `DamagedData`.
    func decompress(_ input: ArraySlice<UInt8>, appendingTo output: inout [UInt8]) throws -> Int
}

/// Compresses piece by piece.
protocol Compressor: AnyObject {
    /// Appends what the bytes give so far, and all of it at the end.
    func compress(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, appendingTo output: inout [UInt8])
}

/// What is wrong with compressed bytes, in the words of the library.
struct DamagedData: Error {
    let reason: String
}

enum Decompression {
    /// The most bytes that a call gives: a small file may hold very many.
    static let pieceSize = 1 << 18
}

extension [UInt8] {
    /// Appends what `write` puts into room for `capacity` bytes.
    ///
    /// - Parameter write: returns how many bytes it has written.
    mutating func append(
        capacity: Int, _ write: (UnsafeMutableRawBufferPointer) throws -> Int
    ) rethrows {
        try withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 16) { room in
            append(contentsOf: room[..<(try write(room))])
        }
    }
}
