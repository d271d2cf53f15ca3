import Glibc
import OfframpFiles

extension Vocabulary {
    /// Reads a `vocab.txt`: one piece per line, the first with id 0. Lines end with LF or CRLF, the
    /// last one also with the file.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file; `data` when it is not UTF-8 or has no
    ///   special tokens.
    package init(file path: String) throws {
        let table = try MappedFile(path: path).withBytes { bytes in
            guard bytes.count <= Int32.max else {
                throw OfframpError(
                    .data, at: path, found: "\(bytes.count) bytes", expected: "a vocabulary")
            }
            try Self.checkUTF8(bytes, from: path)
            return PieceTable(bytes: Array(bytes), spans: Self.lines(bytes))
        }
        try self.init(table, added: [], from: path)
    }

    private static func checkUTF8(_ bytes: UnsafeRawBufferPointer, from path: String) throws {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        for (index, line) in lines(bytes).enumerated() {
            let line = bytes[Int(line.start)..<Int(line.end)]
            guard String(validating: line, as: UTF8.self) == nil else { continue }
            throw OfframpError(
                .data, at: "\(path):\(index + 1)", found: "bytes that are not UTF-8",
                expected: "a piece in UTF-8")
        }
    }

    private static func lines(_ bytes: UnsafeRawBufferPointer) -> [PieceTable.Span] {
        guard let base = bytes.baseAddress else { return [] }
        var spans: [PieceTable.Span] = []
        spans.reserveCapacity(bytes.count / 7)
        var start = 0
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
