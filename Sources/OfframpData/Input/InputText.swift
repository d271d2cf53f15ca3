import OfframpFiles

/// The bytes of a text file in UTF-8, without a byte-order mark; UTF-16 is converted.
///
/// Bytes that are wrong in UTF-8 stay as they are; halves of surrogate pairs in UTF-16 become such bytes.
struct InputText: ~Copyable {
    private var bytes: InputBytes
    private var hasBegun = false
    private var utf16: UTF16Decoder?

    init(path: String) throws { bytes = try InputBytes(path: path) }

    /// The name that errors use.
    var name: String { bytes.name }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    var shareRead: Double? { bytes.shareRead }

    /// Appends the next piece to `text` and returns whether there was one.
    ///
    /// - Throws: `OfframpError`: `io` when reading fails, `data` for compressed bytes that are damaged and
    ///   for UTF-32.
    mutating func read(appendingTo text: inout [UInt8]) throws -> Bool {
        var piece: [UInt8] = []
        if !hasBegun { piece = try begin() }
        guard var decoder = utf16 else {
            if piece.isEmpty { return try bytes.read(appendingTo: &text) }
            text += piece
            return true
        }
        defer { utf16 = decoder }
        let before = text.count
        repeat {
            if piece.isEmpty, try !bytes.read(appendingTo: &piece) {
                decoder.finish(appendingTo: &text)
                return text.count > before
            }
            decoder.decode(piece, appendingTo: &text)
            piece = []
        } while text.count == before
        return true
    }

    /// The first piece, without a mark.
    private mutating func begin() throws -> [UInt8] {
        hasBegun = true
        var piece: [UInt8] = []
        // No more than a mark needs: after a short first line the sender may wait for an answer.
        while try bytes.read(appendingTo: &piece), ByteOrderMark.isOpen(piece) {}
        let mark = ByteOrderMark(piece)
        switch mark {
        case .utf8: break
        case .utf16LittleEndian: utf16 = UTF16Decoder(isBigEndian: false)
        case .utf16BigEndian: utf16 = UTF16Decoder(isBigEndian: true)
        case .utf32:
            throw OfframpError(.data, at: name, found: "UTF-32", expected: "UTF-8 or UTF-16")
        case nil: utf16 = UTF16Decoder(guessing: piece)
        }
        piece.removeFirst(mark?.bytes ?? 0)
        return piece
    }
}

/// The mark at the beginning of a text file that tells its encoding.
private enum ByteOrderMark: CaseIterable {
    case utf8
    case utf32
    case utf16LittleEndian
    case utf16BigEndian

    /// The mark that a file begins with. UTF-32's begins with that of UTF-16.
    init?(_ bytes: [UInt8]) {
        let found = Self.allCases.first { mark in
            mark.forms.contains { bytes.starts(with: $0) }
        }
        guard let found else { return nil }
        self = found
    }

    /// Whether more bytes could tell.
    static func isOpen(_ bytes: [UInt8]) -> Bool {
        allCases.contains { mark in
            mark.forms.contains { $0.count > bytes.count && $0.starts(with: bytes) }
        }
    }

    /// The bytes that it takes.
    var bytes: Int { forms[0].count }

    private var forms: [[UInt8]] {
        switch self {
        case .utf8: [[0xEF, 0xBB, 0xBF]]
        case .utf16LittleEndian: [[0xFF, 0xFE]]
        case .utf16BigEndian: [[0xFE, 0xFF]]
        case .utf32: [[0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]]
        }
    }
}
