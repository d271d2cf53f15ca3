/// Walks over one text: ASCII words go straight to the piece table, the rest to the normaliser.
struct TextScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private let rules: TokenizerRules
    private var normalizer: Normalizer
    private var cutter: WordCutter
    /// Room for the longest word that is cut into pieces, and for whole lanes written at its end.
    private let wordBuffer: UnsafeMutablePointer<UInt8>
    private var position = 0

    /// Appends the pieces of a text; stops early once there are more than `limit` in the list.
    static func append(
        _ text: UnsafeBufferPointer<UInt8>, _ rules: TokenizerRules, limit: Int,
        to pieces: inout PieceList
    ) {
        withWordBuffer(for: rules.wordPiece.maximumCharacters) { wordBuffer in
            var scanner = TextScanner(text, rules, wordBuffer)
            while scanner.position < text.count && pieces.ids.count <= limit {
                scanner.appendNext(to: &pieces)
            }
        }
    }

    /// Lends room for a word of so many ASCII characters: on the stack, where its size is the usual one.
    private static func withWordBuffer(
        for characters: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void
    ) {
        func lend(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
            buffer.initialize(repeating: 0)
            if let start = buffer.baseAddress { body(start) }
        }
        let spare = 3 * ByteLanes.count
        if characters <= WordPiece.usualMaximum {
            withUnsafeTemporaryAllocation(
                of: UInt8.self, capacity: WordPiece.usualMaximum + spare, lend)
        } else {
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: characters + spare, lend)
        }
    }

    private init(
        _ text: UnsafeBufferPointer<UInt8>, _ rules: TokenizerRules,
        _ wordBuffer: UnsafeMutablePointer<UInt8>
    ) {
        self.text = text
        self.rules = rules
        self.wordBuffer = wordBuffer
        normalizer = Normalizer(rules.normalization)
        cutter = WordCutter(rules.wordPiece)
    }

    /// Handles the word, the punctuation character or the blank at the current position.
    @inline(__always)
    private mutating func appendNext(to pieces: inout PieceList) {
        let lanes = text.lanes(at: position)
        let length = lanes.wordLength
        if length == ByteLanes.count {
            appendLongWord(to: &pieces)
        } else if Self.needsNormalizer(lanes[length]) {
            appendNormalized(to: &pieces)
        } else if length > 0 {
            appendShortWord(lanes, length, to: &pieces)
        } else {
            appendSeparator(lanes[0], to: &pieces)
        }
    }

    /// Whether a byte needs the normaliser: it is part of a word, but not an ASCII letter or digit.
    @inline(__always)
    private static func needsNormalizer(_ byte: UInt8) -> Bool {
        byte >= 0x7F || byte < 0x20 && ScalarClass(ascii: byte) == .dropped
    }

    @inline(__always)
    private mutating func appendShortWord(
        _ lanes: ByteLanes, _ length: Int, to pieces: inout PieceList
    ) {
        let word = folded(lanes).prefix(length)
        if length <= rules.wordPiece.maximumCharacters,
            let id = rules.wordPiece.table.id(ofWord: word, count: length)
        {
            pieces.append(id, position..<position + length)
        } else {
            store(word, at: 0)
            appendStored(length, to: &pieces)
        }
        position += length
        // Skips the blank that usually follows.
        if lanes[length] == 0x20 { position += 1 }
    }

    /// A word of eight or more letters and digits.
    private mutating func appendLongWord(to pieces: inout PieceList) {
        var length = 0
        var lanes: ByteLanes
        repeat {
            lanes = text.lanes(at: position + length)
            if length <= rules.wordPiece.maximumCharacters { store(folded(lanes).bits, at: length) }
            length += lanes.wordLength
        } while lanes.wordLength == ByteLanes.count
        if position + length < text.count, Self.needsNormalizer(text[position + length]) {
            return appendNormalized(to: &pieces)
        }
        appendStored(length, to: &pieces)
        position += length
    }

    private mutating func appendStored(_ length: Int, to pieces: inout PieceList) {
        let first = pieces.ids.count
        rules.wordPiece.append(wordBuffer, count: length, characters: length, to: &pieces)
        let start = position
        pieces.mapRanges(from: first) { start + $0.lowerBound..<start + $0.upperBound }
    }

    /// The characters up to the next ASCII blank or punctuation, which always ends a word.
    private mutating func appendNormalized(to pieces: inout PieceList) {
        let start = position
        repeat { position += 1 } while position < text.count && !Self.endsWord(text[position])
        // Lent to the cutter, not copied.
        swap(&pieces, &cutter.pieces)
        normalizer.append(text, start..<position, to: &cutter)
        cutter.cut()
        swap(&pieces, &cutter.pieces)
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        let scalarClass = ScalarClass(ascii: byte)
        return scalarClass == .blank || scalarClass == .punctuation
    }

    @inline(__always)
    private mutating func appendSeparator(_ byte: UInt8, to pieces: inout PieceList) {
        var length = 1
        if ScalarClass(ascii: byte) == .punctuation {
            var id = rules.wordPiece.table.id(ofWord: UInt64(byte), count: 1)
            if rules.addedTokens.mayBegin(with: byte),
                let token = rules.addedTokens.match(text, at: position)
            {
                (id, length) = token
            }
            pieces.append(id ?? rules.wordPiece.unknown, position..<position + length)
        }
        position += length
    }

    @inline(__always)
    private func folded(_ lanes: ByteLanes) -> ByteLanes {
        rules.normalization.lowercases ? lanes.lowercased : lanes
    }

    @inline(__always)
    private func store(_ bits: UInt64, at offset: Int) {
        UnsafeMutableRawPointer(wordBuffer + offset)
            .storeBytes(of: bits.littleEndian, as: UInt64.self)
    }
}

/// Everything that decides which pieces a text has. A class, as a scanner of its own for each text would
/// copy a structure of this size.
final class TokenizerRules: Sendable {
    let normalization: Normalization
    let wordPiece: WordPiece
    let addedTokens: AddedTokens

    init(normalization: Normalization, wordPiece: WordPiece, addedTokens: AddedTokens) {
        (self.normalization, self.wordPiece) = (normalization, wordPiece)
        self.addedTokens = addedTokens
    }

    /// The same rules for a text that is normalised already.
    var withoutNormalization: TokenizerRules {
        TokenizerRules(normalization: .none, wordPiece: wordPiece, addedTokens: addedTokens)
    }
}

extension TokenizerRules {
    /// Appends the pieces of a text; stops early once there are more than `limit` in the list.
    func append(
        _ text: UnsafeBufferPointer<UInt8>, limit: Int, to pieces: inout PieceList
    ) {
        if let search = addedTokens.search, search.mayFind(in: text) {
            search.append(text, self, limit: limit, to: &pieces)
        } else {
            TextScanner.append(text, self, limit: limit, to: &pieces)
        }
    }
}
