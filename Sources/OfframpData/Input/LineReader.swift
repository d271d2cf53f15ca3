import Glibc
import OfframpFiles

/// Cuts a file into lines with memory for one.
///
/// Lines end with LF or CRLF. Where the first line ends with a lone CR, as in files of old Macs and of
/// Excel for them, every CR ends a line, too.
package struct LineReader: ~Copyable {
    private var input: InputText
    private var buffer: [UInt8] = []
    private var start = 0
    private var number = 0
    private var isAtEnd = false
    /// Whether a lone CR ends a line; `nil` until the first line end is known.
    private var cutsAtReturns: Bool?

    /// The file's name in errors.
    package var name: String { input.name }

    /// Opens a file, or standard input for `-`.
    package init(path: String) throws { input = try InputText(path: path) }

    /// The next line; `nil` at the end. The last line counts with or without its line end.
    ///
    /// - Throws: `OfframpError`: `io` when reading fails, `data`, with the number of the line that could
    ///   not be read, for a compressed file that is damaged.
    package mutating func next() throws -> Line? {
        number += 1
        var searched = 0
        while true {
            if let end = lineEnd(after: searched) { return take(end) }
            searched = buffer.count - start
            if searched > Line.maximumBytes { return try skipLine() }
            guard try fill() else { break }
        }
        return searched == 0 ? nil : takeLast()
    }

    /// The next bytes of the file up to a line end, or all that have been read where there is none: for
    /// formats in which lines mean nothing. `nil` at the end.
    ///
    /// - Throws: as `next()`.
    mutating func nextPart() throws -> Line? {
        if start == buffer.count, try !fill() { return nil }
        number += 1
        if let end = lineEnd(after: 0) { return take(end) }
        defer {
            start = buffer.count
            number -= 1
        }
        return Line(number: number, bytes: Array(buffer[start...]), end: .none)
    }

    /// Whether the next line can be read without waiting for more input.
    package var hasBufferedLine: Bool { lineEnd(after: 0) != nil }

    /// The next byte that is no blank and no line end, which stays where it is.
    ///
    /// - Throws: as `next()`.
    mutating func peek() throws -> UInt8? {
        while true {
            let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
            if let byte = buffer[start...].first(where: { !blanks.contains($0) }) { return byte }
            guard try fill() else { return nil }
        }
    }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    package var shareRead: Double? { input.shareRead }

    private mutating func take(_ lineEnd: LineEnd) -> Line {
        defer { start = lineEnd.position + lineEnd.end.count }
        cutsAtReturns = lineEnd.cutsAtReturns
        return line(buffer[start..<lineEnd.position], lineEnd.end)
    }

    private mutating func takeLast() -> Line {
        defer { start = buffer.count }
        // A carriage return at the very end is a line end, or half of one.
        let hasReturn = buffer.last == 0x0D
        return line(
            buffer[start...].dropLast(hasReturn ? 1 : 0), hasReturn ? .carriageReturn : .none)
    }

    private func line(_ bytes: ArraySlice<UInt8>, _ end: Line.End) -> Line {
        bytes.count > Line.maximumBytes
            ? Line(number: number, bytes: [], end: end, isTooLong: true)
            : Line(number: number, bytes: Array(bytes), end: end)
    }

    private mutating func skipLine() throws -> Line {
        while true {
            if let end = lineEnd(after: 0) {
                _ = take(end)
                break
            }
            // The last byte may be half of a line end.
            start = buffer.count - 1
            guard try fill() else {
                start = buffer.count
                break
            }
        }
        return Line(number: number, bytes: [], end: .feed, isTooLong: true)
    }

    /// The next line end, looking from `searched` on; `nil` where more bytes must be read to find it or to
    /// know it whole.
    private func lineEnd(after searched: Int) -> LineEnd? {
        // The byte before may be the first half of a line end.
        let from = start + max(searched - 1, 0)
        return buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            func find(_ byte: Int32, before end: Int) -> Int? {
                memchr(base + from, byte, end - from).map { UnsafeRawPointer($0) - base }
            }
            let feed = find(0x0A, before: bytes.count)
            if cutsAtReturns != false, let lone = find(0x0D, before: feed ?? bytes.count) {
                let next = lone + 1
                guard next < bytes.count || isAtEnd else { return nil }
                if next != feed {
                    return LineEnd(position: lone, end: .carriageReturn, cutsAtReturns: true)
                }
            }
            guard let feed else { return nil }
            let cuts = cutsAtReturns ?? false
            return feed > start && bytes[feed - 1] == 0x0D
                ? LineEnd(position: feed - 1, end: .both, cutsAtReturns: cuts)
                : LineEnd(position: feed, end: .feed, cutsAtReturns: cuts)
        }
    }

    /// A line end that has been found.
    private struct LineEnd {
        let position: Int
        let end: Line.End
        /// How the lines of the file are cut.
        let cutsAtReturns: Bool
    }

    private mutating func fill() throws -> Bool {
        guard !isAtEnd else { return false }
        buffer.removeFirst(start)
        start = 0
        do {
            isAtEnd = try !input.read(appendingTo: &buffer)
        } catch let error as OfframpError where error.kind == .data {
            throw OfframpError(
                .data, at: "\(error.place):\(number)", found: error.found,
                expected: error.expected)
        }
        return !isAtEnd
    }
}
