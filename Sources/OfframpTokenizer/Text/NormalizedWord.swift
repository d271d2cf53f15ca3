/// The word that is being assembled from normalised characters.
struct NormalizedWord {
    private(set) var bytes: [UInt8] = []
    private(set) var characters = 0
    /// For each byte the part of the text that it comes from, if ranges were asked for.
    private var sources: [Range<Int>] = []

    @inline(__always)
    mutating func append(_ scalar: UInt32, from source: Range<Int>, tracksSource: Bool) {
        let before = bytes.count
        bytes.appendUTF8(scalar)
        characters += 1
        guard tracksSource else { return }
        for _ in before..<bytes.count { sources.append(source) }
    }

    /// Cuts the word into pieces and begins the next one.
    mutating func finish(with wordPiece: WordPiece, into pieces: inout PieceList) {
        guard characters > 0 else { return }
        let first = pieces.ids.count
        let count = bytes.count
        for _ in 0..<ByteLanes.count { bytes.append(0) }
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            wordPiece.append(start, count: count, characters: characters, to: &pieces)
        }
        pieces.mapRanges(from: first) { range in
            sources[range.lowerBound].lowerBound..<sources[range.upperBound - 1].upperBound
        }
        bytes.removeAll(keepingCapacity: true)
        sources.removeAll(keepingCapacity: true)
        characters = 0
    }
}

/// Cuts normalised words into pieces.
struct WordCutter: NormalizerOutput {
    private var word = NormalizedWord()
    private let wordPiece: WordPiece
    var pieces = PieceList(tracksRanges: false)

    init(_ wordPiece: WordPiece) { self.wordPiece = wordPiece }

    mutating func append(_ scalar: UInt32, isPunctuation: Bool, from source: Range<Int>) {
        if isPunctuation { cut() }
        word.append(scalar, from: source, tracksSource: pieces.tracksRanges)
        if isPunctuation { cut() }
    }

    mutating func endWord(at source: Range<Int>) { cut() }

    /// Ends the word; the next character begins another one.
    mutating func cut() { word.finish(with: wordPiece, into: &pieces) }
}

extension [UInt8] {
    /// Appends a character in UTF-8.
    @inline(__always)
    mutating func appendUTF8(_ scalar: UInt32) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80: append(UInt8(scalar))
        case ..<0x800:
            append(0xC0 | UInt8(scalar >> 6))
            append(tail(0))
        case ..<0x10000:
            append(0xE0 | UInt8(scalar >> 12))
            append(tail(6))
            append(tail(0))
        default:
            append(0xF0 | UInt8(scalar >> 18))
            append(tail(12))
            append(tail(6))
            append(tail(0))
        }
    }
}
