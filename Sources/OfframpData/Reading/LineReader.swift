import Glibc
import OfframpFiles

/// Cuts a file into lines with memory for one; drops a byte-order mark at the start.
package struct LineReader: ~Copyable, Sendable {
    private let input: InputFile
    private var buffer: [UInt8] = []
    private var start = 0
    private var number = 0
    private var isAtEnd = false

    /// The file's name in errors.
    package var name: String { input.name }

    /// Opens a file, or standard input for `-`.
    package init(path: String) throws { input = try InputFile(path: path) }

    /// The next line; `nil` at the end. The last line counts with or without its line feed.
    package mutating func next() throws -> Line? {
        if number == 0 { try skipMark() }
        number += 1
        var searched = 0
        while true {
            if let length = lineFeed(after: searched) { return take(length, lineFeed: 1) }
            searched = buffer.count - start
            if searched > Line.maximumBytes { return try skipLine() }
            guard try fill() else { break }
        }
        return searched == 0 ? nil : take(searched, lineFeed: 0)
    }

    /// Whether the next line can be read without waiting for more input.
    package var hasBufferedLine: Bool { lineFeed(after: 0) != nil }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    package var shareRead: Double? { input.shareRead }

    private mutating func skipMark() throws {
        let marks = [Self.mark] + Self.foreignMarks
        // Reads no more than a mark needs: after a short first line the sender may wait for an answer.
        while marks.contains(where: { $0.count > buffer.count && $0.starts(with: buffer) }),
            try fill()
        {}
        if buffer.starts(with: Self.mark) { start = Self.mark.count }
        if Self.foreignMarks.contains(where: buffer.starts) {
            throw OfframpError(.data, at: name, found: "UTF-16 text", expected: "UTF-8 text")
        }
    }

    /// The byte-order marks of UTF-8 and of UTF-16.
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let foreignMarks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]

    private mutating func take(_ length: Int, lineFeed: Int) -> Line {
        defer { start += length + lineFeed }
        guard length <= Line.maximumBytes else {
            return Line(number: number, bytes: [], isTooLong: true)
        }
        return Line(number: number, bytes: Array(buffer[start..<start + length]))
    }

    private mutating func skipLine() throws -> Line {
        while true {
            if let length = lineFeed(after: 0) {
                start += length + 1
                break
            }
            start = buffer.count
            guard try fill() else { break }
        }
        return Line(number: number, bytes: [], isTooLong: true)
    }

    /// The distance from `start` to the next line feed, looking from `searched` on.
    private func lineFeed(after searched: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[(start + searched)...])
            guard let base = rest.baseAddress, let found = memchr(base, 0x0A, rest.count) else {
                return nil
            }
            return searched + (UnsafeRawPointer(found) - base)
        }
    }

    private mutating func fill() throws -> Bool {
        guard !isAtEnd else { return false }
        buffer.removeFirst(start)
        start = 0
        isAtEnd = try !input.read(appendingTo: &buffer)
        return !isAtEnd
    }
}
