/// One line of a file as bytes.
package struct Line: Sendable {
    /// Counted from 1.
    package let number: Int
    /// The bytes before the line end.
    package let bytes: [UInt8]
    /// The line end: a line feed, a carriage return or both; nothing at the end of the file.
    let end: [UInt8]
    /// Whether the line was longer than `maximumBytes`; `bytes` is then empty.
    package var isTooLong = false

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
}
