/// One character decoded from UTF-8 that may be invalid.
struct DecodedScalar {
    /// The code point; U+FFFD for a byte of invalid UTF-8.
    let value: UInt32
    /// The bytes it took: 1 to 4.
    let length: Int

    static let damaged = DecodedScalar(value: 0xFFFD, length: 1)

    /// Decodes the character that begins at `position`, without reading past the end.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
        let lead = bytes[position]
        let length = Self.length(lead: lead)
        guard length > 1, position + length <= bytes.count else {
            self = lead < 0x80 ? DecodedScalar(value: UInt32(lead), length: 1) : .damaged
            return
        }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for byte in bytes[position + 1..<position + length] {
            guard byte & 0xC0 == 0x80 else {
                self = .damaged
                return
            }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let isShortest = value >= [0, 0, 0x80, 0x800, 0x10000][length]
        let isScalar = isShortest && Unicode.Scalar(value) != nil
        self = isScalar ? DecodedScalar(value: value, length: length) : .damaged
    }

    private init(value: UInt32, length: Int) {
        self.value = value
        self.length = length
    }

    private static func length(lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
