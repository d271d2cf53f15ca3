/// What BERT's basic tokenizer does with a character; the raw values are those of `UnicodeExceptions`.
enum ScalarClass: UInt8 {
    /// A control, format or private-use character, or U+FFFD: ignored.
    case dropped
    /// Ends a word.
    case blank
    /// A word of its own.
    case punctuation
    /// A non-spacing mark (Mn): dropped where accents are stripped, else a letter.
    case mark
    /// Part of a word.
    case letter
    /// A letter that neither decomposes nor takes part in canonical ordering.
    case plain
}

extension ScalarClass {
    /// The class of an ASCII character; all bytes above 127 count as `letter`.
    @inline(__always)
    init(ascii byte: UInt8) {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: self = .blank
        case 0x00..<0x20, 0x7F: self = .dropped
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: self = .letter
        default: self = .punctuation
        }
    }
}
