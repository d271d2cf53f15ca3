import CUTF8Proc

/// The maps from character to character that BERT's normaliser uses.
enum ScalarMapping {
    /// Calls `body` with each character of the canonical decomposition, and its index in it.
    static func decompose(_ scalar: UInt32, _ body: (UInt32, Int) -> Void) {
        let capacity = 8
        withUnsafeTemporaryAllocation(of: utf8proc_int32_t.self, capacity: capacity) { buffer in
            let count = utf8proc_decompose_char(
                utf8proc_int32_t(scalar), buffer.baseAddress, capacity,
                utf8proc_option_t(UTF8PROC_DECOMPOSE.rawValue), nil)
            for index in 0..<min(max(count, 0), capacity) { body(UInt32(buffer[index]), index) }
        }
    }

    /// The lower-case form; U+0130, the one letter with a form of two characters, gives the first.
    static func lowercase(_ scalar: UInt32) -> UInt32 {
        if scalar == dottedI { return 0x69 }
        let table = UnicodeExceptions.lowerCases
        if scalar >= table[0] {
            for index in stride(from: 0, to: table.count, by: 3)
            where table[index] <= scalar && scalar <= table[index + 1] {
                return UInt32(Int32(scalar) + table[index + 2])
            }
        }
        return UInt32(utf8proc_tolower(utf8proc_int32_t(scalar)))
    }

    /// I with a dot above, whose lower case is `i` and U+0307.
    static let dottedI: UInt32 = 0x130

    /// The combining dot above.
    static let dotAbove: UInt32 = 0x307

    /// Whether BERT makes the character a word of its own (`tokenize_chinese_chars`): Hugging Face's
    /// ranges, including their gap at U+2B820.
    static func isChinese(_ scalar: UInt32) -> Bool {
        switch scalar {
        case ..<0x3400: false
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x2A6DF,
            0x2A700...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
