/// One line of a file as bytes.
package struct Line: Sendable {
    /// Counted from 1.
    package let number: Int
    /// The bytes before the line end.
    package let bytes: [UInt8]
    let end: End
    /// Whether the line was longer than `maximumBytes`; `bytes` is then empty.
    package var isTooLong = false

    /// What a line ends with.
    enum End: Sendable {
        case feed
        case carriageReturn
        case both
        /// The end of the file, or of what has been read.
        case none

        var bytes: [UInt8] {
            switch self {
            case .feed: [0x0A]
            case .carriageReturn: [0x0D]
            case .both: [0x0D, 0x0A]
            case .none: []
            }
        }

        var count: Int {
            switch self {
            case .feed, .carriageReturn: 1
            case .both: 2
            case .none: 0
            }
        }
    }

    /// Longer than any useful row; keeps a file without line ends from filling the memory.
    package static let maximumBytes = 1 << 24

    /// The position of the first byte that is not UTF-8.
    var firstInvalidByte: Int? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var position = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): position += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return position
            }
        }
    }

    /// Stands for bytes that are not UTF-8. No text has this noncharacter, while U+FFFD may be a text's own.
    static let invalidMark = Unicode.Scalar(0xFDD0 as UInt32) ?? "\u{FFFD}"

    /// The text, with marks in the place of bytes that are not UTF-8.
    var markedText: String {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var scalars = String.UnicodeScalarView()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): scalars.append(scalar)
            case .emptyInput: return String(scalars)
            case .error: scalars.append(Self.invalidMark)
            }
        }
    }
}

extension Line {
    private static let blanks: [UInt8] = [0x20, 0x09]

    var isBlank: Bool { bytes.allSatisfy(Self.blanks.contains) }

    /// Whether there is nothing but a brace, with which pretty-printed objects begin.
    var isOpeningBrace: Bool { bytes.filter { !Self.blanks.contains($0) } == [UInt8(ascii: "{")] }
}
