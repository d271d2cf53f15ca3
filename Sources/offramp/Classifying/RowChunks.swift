import OfframpData
import OfframpFiles

/// Reads rows in chunks: large enough to keep all workers busy, small enough to bound the memory.
struct RowChunks: ~Copyable {
    private var files: RowFiles
    private let isStream: Bool
    /// What has ended files early; the rows behind it are those of the next file.
    private(set) var damage: [OfframpError] = []

    private let most: Int
    private let range: Range<Int>
    /// Of the next row.
    private var index = 0

    /// Rows of a chunk.
    static let usualRows = 4096
    private static let bytes = 1 << 22

    /// Chunks of what files give.
    ///
    /// - Parameter isStream: whether a reader may be waiting for answers; a chunk then ends where
    ///   reading on would block.
    /// - Parameter most: rows of a chunk, fewer where something is to follow from one chunk for the next.
    /// - Parameter range: the rows that are taken, by their places in all files; `nil` for all of them.
    init(
        _ files: consuming RowFiles, isStream: Bool, most: Int = usualRows,
        in range: Range<Int>? = nil
    ) {
        self.files = files
        (self.most, self.range) = (most, range ?? 0..<Int.max)
        self.isStream = isStream
    }

    /// The next rows, bad ones in their places; `nil` at the end.
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
        while index < range.upperBound {
            do {
                guard let row = try files.next() else { return nil }
                index += 1
                if index > range.lowerBound { return row }
            } catch let error as OfframpError where error.kind == .data {
                damage.append(error)
            }
        }
        return nil
    }

    /// How much is done, 0 to 1; `nil` if unknown.
    var shareDone: Double? {
        guard range.upperBound < Int.max else { return files.shareRead }
        return range.isEmpty ? 1 : Double(max(index - range.lowerBound, 0)) / Double(range.count)
    }

    /// What a user should know of how the files are read, as far as it was not taken before.
    mutating func takeNotes() -> [String] { files.takeNotes() }
}
