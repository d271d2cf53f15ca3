/// Cuts one normalised word into pieces, always the longest that fits next (Wu et al., 2016).
package struct WordPiece: Sendable {
    let table: PieceTable
    let unknown: Int32
    /// Longer words become the unknown token.
    let maximumCharacters: Int

    /// BERT's `max_input_chars_per_word`.
    package static let usualMaximum = 100

    package init(
        table: PieceTable, unknown: Int32, maximumCharacters: Int = Self.usualMaximum
    ) {
        self.table = table
        self.unknown = unknown
        self.maximumCharacters = maximumCharacters
    }

    /// Appends the pieces of a word, with ranges relative to it.
    ///
    /// If any part of a word has no piece, the whole word becomes the unknown token. At each position
    /// at most as many prefixes are tried as the longest piece has bytes, so the time is linear.
    ///
    /// - Parameters:
    ///   - start: the word's UTF-8; seven bytes after it are readable.
    ///   - count: its bytes.
    ///   - characters: its Unicode scalars.
    package func append(
        _ start: UnsafePointer<UInt8>, count: Int, characters: Int, to pieces: inout PieceList
    ) {
        let first = pieces.ids.count
        if characters > maximumCharacters {
            return pieces.append(unknown, 0..<count)
        }
        var position = 0
        while position < count {
            guard let (id, length) = longestPiece(start, position..<count, &pieces.lookups) else {
                pieces.truncate(to: first)
                return pieces.append(unknown, 0..<count)
            }
            pieces.append(id, position..<position + length)
            position += length
        }
    }

    private func longestPiece(
        _ start: UnsafePointer<UInt8>, _ rest: Range<Int>, _ lookups: inout Int
    ) -> (id: Int32, length: Int)? {
        let place = start + rest.lowerBound
        let continues = rest.lowerBound > 0
        let limit = min(rest.count, table.longest)
        var lengths = table.filter.lengths(place.lanes, limit: limit, continues: continues)
        while lengths != 0 {
            let longest = UInt32.bitWidth - 1 - lengths.leadingZeroBitCount
            lengths ^= 1 << UInt32(longest)
            // The last bit stands for many lengths.
            let last = longest == PrefixFilter.sharedLength ? limit : longest
            for length in stride(from: last, through: longest, by: -1) {
                let key = PieceKey(place, count: length, continues: continues)
                lookups += 1
                if let id = table.id(of: key, at: place) { return (id, length) }
            }
        }
        return nil
    }
}
