/// Converts UTF-16 to UTF-8 piece by piece; a piece may end within a character.
struct UTF16Decoder {
    private let isBigEndian: Bool
    /// The first byte of a unit.
    private var byte: UInt8?
    /// The first half of a surrogate pair.
    private var high: UInt16?

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    /// For a text without a mark; `nil` unless it looks like UTF-16.
    ///
    /// In UTF-16 every character of English has a zero byte, nearly always in the same half. In other
    /// scripts blanks and line ends have, while the bytes of letters are control characters in UTF-8, or
    /// wrong.
    init?(guessing bytes: [UInt8]) {
        let sample = bytes.prefix(4096)
        var zeros = [0, 0]
        for (index, byte) in sample.enumerated() where byte == 0 { zeros[index % 2] += 1 }
        let count = zeros[0] + zeros[1]
        let isEnglish = 4 * count >= sample.count && count > 1
        let isOther = count > 2 && 64 * count >= sample.count && !Self.isPlausible(sample)
        guard 8 * min(zeros[0], zeros[1]) < count, isEnglish || isOther else { return nil }
        self.init(isBigEndian: zeros[0] > zeros[1])
    }

    /// Whether bytes can be a text in UTF-8: hardly any are control characters, and the others are valid.
    private static func isPlausible(_ bytes: ArraySlice<UInt8>) -> Bool {
        let blanks: [UInt8] = [0x09, 0x0A, 0x0D]
        let controls = bytes.count { $0 < 0x20 && $0 != 0 && !blanks.contains($0) }
        // The sample may end within a character.
        return 8 * controls < bytes.count
            && (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }

    mutating func decode(_ bytes: [UInt8], appendingTo text: inout [UInt8]) {
        text.reserveCapacity(text.count + bytes.count)
        for next in bytes {
            guard let first = byte else {
                byte = next
                continue
            }
            byte = nil
            let (upper, lower) = isBigEndian ? (first, next) : (next, first)
            append(UInt16(upper) << 8 | UInt16(lower), to: &text)
        }
    }

    /// Appends what is left of a text that ends within a character.
    mutating func finish(appendingTo text: inout [UInt8]) {
        if let half = high.take() { appendHalf(half, to: &text) }
        if byte.take() != nil { text.append(0xFF) }
    }

    private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
        if let first = high.take() {
            if UTF16.isTrailSurrogate(unit) {
                let planes = UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF)
                return append(scalar: 0x10000 + planes, to: &text)
            }
            appendHalf(first, to: &text)
        }
        if UTF16.isLeadSurrogate(unit) {
            high = unit
        } else if UTF16.isTrailSurrogate(unit) {
            appendHalf(unit, to: &text)
        } else {
            append(scalar: UInt32(unit), to: &text)
        }
    }

    private func append(scalar: UInt32, to text: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        UTF8.encode(scalar) { text.append($0) }
    }

    /// Half of a pair has no UTF-8: its bytes are those that it would have, which are not valid.
    private func appendHalf(_ unit: UInt16, to text: inout [UInt8]) {
        text += [
            0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F),
        ]
    }
}
