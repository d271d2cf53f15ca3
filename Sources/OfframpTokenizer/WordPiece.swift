/// Cuts one normalised word into pieces, the longest that fits first (Wu et al., 2016).
struct WordPiece: Sendable {
    let table: PieceTable
    let unknown: Int32

    /// Words of more characters become unknown as a whole.
    static let maximumCharacters = 100

    /// Appends the pieces of a word, with ranges relative to it.
    ///
    /// A word of which any part has no piece gives the unknown token alone. From each place at most
    /// as many prefixes are tried as the vocabulary's longest piece has bytes: linear time.
    ///
    /// - Parameters:
    ///   - start: the word's UTF-8; seven bytes after it are readable.
    ///   - count: its bytes.
    ///   - characters: its Unicode scalars.
    func append(
        _ start: UnsafePointer<UInt8>, count: Int, characters: Int, to pieces: inout PieceList
    ) {
        let first = pieces.ids.count
        if characters > Self.maximumCharacters {
            return pieces.append(unknown, 0..<count)
        }
        var position = 0
        while position < count {
            guard let (id, length) = longestPiece(start, position..<count) else {
                pieces.truncate(to: first)
                return pieces.append(unknown, 0..<count)
            }
            pieces.append(id, position..<position + length)
            position += length
        }
    }

    private func longestPiece(
        _ start: UnsafePointer<UInt8>, _ rest: Range<Int>
    ) -> (id: Int32, length: Int)? {
        let place = start + rest.lowerBound
        var length = min(rest.count, table.longest)
        while length > 0 {
            let endsCharacter = length == rest.count || place[length] & 0xC0 != 0x80
            if endsCharacter {
                let key = PieceKey(place, count: length, continues: rest.lowerBound > 0)
                if let id = table.id(of: key, at: place) { return (id, length) }
            }
            length -= 1
        }
        return nil
    }
}
