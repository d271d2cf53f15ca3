import OfframpData
import OfframpFiles

/// Reads rows in chunks: large enough to keep all workers busy, small enough to bound the memory.
struct RowChunks: ~Copyable {
    private(set) var files: RowFiles
    private let isStream: Bool
    /// What has ended the rows early: a damaged file.
    private(set) var damage: OfframpError?

    private let most: Int
    private static let bytes = 1 << 22

    /// Chunks of what files give.
    ///
    /// - Parameter isStream: whether a reader may be waiting for answers; a chunk then ends where
    ///   reading on would block.
    /// - Parameter most: rows of a chunk, fewer where something is to follow from one chunk for the next.
    init(_ files: consuming RowFiles, isStream: Bool, most: Int = 4096) {
        self.files = files
        self.most = most
        self.isStream = isStream
    }

    /// The next rows, bad ones in their places; `nil` at the end, also where a file is damaged.
    mutating func next() throws -> [Result<Row, BadRow>]? {
        var chunk: [Result<Row, BadRow>] = []
        var bytes = 0
        while chunk.count < most, bytes < Self.bytes {
            if isStream, !chunk.isEmpty, !files.hasBufferedRow { break }
            guard let row = try nextRow() else { break }
            if case .success(let row) = row {
                bytes += row.text.utf8.count + (row.pair?.utf8.count ?? 0)
            }
            chunk.append(row)
        }
        return chunk.isEmpty ? nil : chunk
    }

    private mutating func nextRow() throws -> Result<Row, BadRow>? {
        guard damage == nil else { return nil }
        do {
            return try files.next()
        } catch let error as OfframpError where error.kind == .data {
            damage = error
            return nil
        }
    }

    /// What a user should know of how the files are read, as far as it was not taken before.
    mutating func takeNotes() -> [String] { files.takeNotes() }
}
