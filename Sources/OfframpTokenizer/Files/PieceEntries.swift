import Glibc
import OfframpFiles

/// The pieces of a vocabulary in the order of their ids, as a file has them.
struct PieceEntries {
    typealias Entry = (text: String, id: Int32)

    private var bytes: [UInt8]
    /// Where each piece stands in `bytes`; an empty span for an id that no piece has.
    private var spans: [PieceTable.Span]
    /// The file, for errors.
    private let place: String

    /// Takes pieces in any order. Ids may have gaps, as those of a list in which a piece stood twice.
    ///
    /// - Throws: `OfframpError` (`data`) for an id that two pieces have, or that leads far beyond them.
    init(_ entries: [Entry], from place: String) throws {
        (bytes, spans, self.place) = ([], [], place)
        bytes.reserveCapacity(8 * entries.count)
        spans.reserveCapacity(entries.count)
        try append(entries)
    }

    private init(lines bytes: [UInt8], _ spans: [PieceTable.Span], from place: String) {
        (self.bytes, self.spans, self.place) = (bytes, spans, place)
    }

    /// The table of the pieces and of added tokens that are none of them.
    ///
    /// - Throws: `OfframpError` (`data`) for an id that two pieces have, or that leads far beyond them.
    func table(with added: [AddedToken]) throws -> PieceTable {
        let table = PieceTable(bytes: bytes, spans: spans)
        let others = added.filter { table.id(of: $0.text) == nil }.map { ($0.text, $0.id) }
        guard !others.isEmpty else { return table }
        var all = self
        try all.append(others)
        return PieceTable(bytes: all.bytes, spans: all.spans, hidden: Set(others.map(\.1)))
    }

    private mutating func append(_ entries: [Entry]) throws {
        let end = spans.count + 2 * entries.count + Self.widestGap
        for (text, id) in entries.sorted(by: { $0.id < $1.id }) {
            guard id >= spans.count, id < end else {
                throw OfframpError(
                    .data, at: place, found: "id \(id) for \"\(text)\"",
                    expected: id < end ? "an id that no other piece has" : "an id below \(end)")
            }
            let start = Int32(bytes.count)
            while spans.count < id { spans.append(.init(start: start, end: start)) }
            bytes += text.utf8
            spans.append(.init(start: start, end: Int32(bytes.count)))
        }
    }

    private static let widestGap = 1 << 16
}

extension PieceEntries {
    /// Reads a `vocab.txt`: one piece per line, the first with id 0. Lines end with LF or CRLF, the
    /// last one also with the file. A byte-order mark does not count.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file; `data` when it is not UTF-8.
    init(file path: String) throws {
        self = try MappedFile(path: path).withBytes { bytes in
            guard bytes.count <= Int32.max else {
                throw OfframpError(
                    .data, at: path, found: "\(bytes.count) bytes", expected: "a vocabulary")
            }
            let spans = Self.lines(bytes)
            try Self.checkUTF8(bytes, spans, from: path)
            return PieceEntries(lines: Array(bytes), spans, from: path)
        }
    }

    private static func checkUTF8(
        _ bytes: UnsafeRawBufferPointer, _ lines: [PieceTable.Span], from path: String
    ) throws {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        for (index, line) in lines.enumerated()
        where String(validating: bytes[line.range], as: UTF8.self) == nil {
            throw OfframpError(
                .data, at: "\(path):\(index + 1)", found: "bytes that are not UTF-8",
                expected: "a piece in UTF-8")
        }
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func lines(_ bytes: UnsafeRawBufferPointer) -> [PieceTable.Span] {
        guard let base = bytes.baseAddress else { return [] }
        var spans: [PieceTable.Span] = []
        spans.reserveCapacity(bytes.count / 7)
        var start = bytes.starts(with: mark) ? mark.count : 0
        while start < bytes.count {
            let lineFeed = memchr(base + start, 0x0A, bytes.count - start)
            let next = lineFeed.map { UnsafeRawPointer($0) - base } ?? bytes.count
            let end = next > start && bytes[next - 1] == 0x0D ? next - 1 : next
            spans.append(.init(start: Int32(start), end: Int32(end)))
            start = next + 1
        }
        return spans
    }
}
