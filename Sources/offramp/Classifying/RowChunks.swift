import OfframpData

/// Reads rows in chunks: large enough to keep all workers busy, small enough to bound the memory.
struct RowChunks: ~Copyable {
    private(set) var reader: RowReader
    private let isStream: Bool

    private static let rows = 4096
    private static let bytes = 1 << 22

    /// Chunks of what a reader gives.
    ///
    /// - Parameter isStream: whether a reader may be waiting for answers; a chunk then ends where
    ///   reading on would block.
    init(_ reader: consuming RowReader, isStream: Bool) {
        self.reader = reader
        self.isStream = isStream
    }

    /// The next rows, bad ones in their places; `nil` at the end.
    mutating func next() throws -> [Result<Row, BadRow>]? {
        var chunk: [Result<Row, BadRow>] = []
        var bytes = 0
        while chunk.count < Self.rows, bytes < Self.bytes {
            if isStream, !chunk.isEmpty, !reader.hasBufferedRow { break }
            guard let row = try reader.next() else { break }
            if case .success(let row) = row {
                bytes += row.text.utf8.count + (row.pair?.utf8.count ?? 0)
            }
            chunk.append(row)
        }
        return chunk.isEmpty ? nil : chunk
    }
}
