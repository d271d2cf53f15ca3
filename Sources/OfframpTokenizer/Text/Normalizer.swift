/// Normalises text that is not plain ASCII and cuts it into words, after BERT's basic tokenizer.
///
/// The steps and their order are Hugging Face's: clean-up, blanks around Chinese characters,
/// canonical decomposition (NFD) without non-spacing marks, lower case, words.
struct Normalizer {
    private let normalization: Normalization
    private let wordPiece: WordPiece
    private var word = NormalizedWord()
    /// Characters after the last starter, which canonical ordering may still move.
    private var pending: [PendingScalar] = []
    private var lastSource = 0..<0

    init(_ normalization: Normalization, _ wordPiece: WordPiece) {
        self.normalization = normalization
        self.wordPiece = wordPiece
    }

    /// Appends the pieces of a part of the text that begins and ends between words.
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, to pieces: inout PieceList
    ) {
        var position = part.lowerBound
        while position < part.upperBound {
            let scalar = DecodedScalar(text, at: position)
            let end = position + scalar.length
            accept(scalar.value, from: position..<end, &pieces)
            position = end
        }
        finishWord(&pieces)
    }

    private mutating func accept(
        _ scalar: UInt32, from source: Range<Int>, _ pieces: inout PieceList
    ) {
        let properties = ScalarProperties(scalar)
        if properties.scalarClass == .dropped { return }
        if properties.scalarClass == .blank { return finishWord(&pieces) }
        let standsAlone = normalization.splitsChinese && ScalarMapping.isChinese(scalar)
        if standsAlone { finishWord(&pieces) }
        if normalization.stripsAccents && properties.decomposes {
            ScalarMapping.decompose(scalar) { part, index in
                order(part, ScalarProperties(part), isFirst: index == 0, from: source, &pieces)
            }
        } else {
            order(scalar, properties, isFirst: true, from: source, &pieces)
        }
        if standsAlone { finishWord(&pieces) }
    }

    /// Writes a starter at once; combining characters are kept until their order is known.
    private mutating func order(
        _ scalar: UInt32, _ properties: ScalarProperties, isFirst: Bool, from source: Range<Int>,
        _ pieces: inout PieceList
    ) {
        if normalization.stripsAccents && properties.combiningClass > 0 {
            pending.append(
                PendingScalar(
                    scalar: scalar, properties: properties, isFirst: isFirst, source: source))
        } else {
            writePending(&pieces)
            write(scalar, properties.scalarClass, from: source, &pieces)
        }
    }

    private mutating func writePending(_ pieces: inout PieceList) {
        if pending.isEmpty { return }
        if pending.count > 1 { PendingScalar.reorder(&pending, after: lastSource) }
        for scalar in pending {
            write(scalar.scalar, scalar.properties.scalarClass, from: scalar.source, &pieces)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func write(
        _ scalar: UInt32, _ scalarClass: ScalarClass, from source: Range<Int>,
        _ pieces: inout PieceList
    ) {
        lastSource = source
        if scalarClass == .mark && normalization.stripsAccents { return }
        let isPunctuation = scalarClass == .punctuation
        if isPunctuation { cutWord(&pieces) }
        let written = normalization.lowercases ? ScalarMapping.lowercase(scalar) : scalar
        word.append(written, from: source, tracksSource: pieces.tracksRanges)
        if normalization.lowercases && scalar == ScalarMapping.dottedI {
            word.append(ScalarMapping.dotAbove, from: source, tracksSource: pieces.tracksRanges)
        }
        if isPunctuation { cutWord(&pieces) }
    }

    private mutating func finishWord(_ pieces: inout PieceList) {
        writePending(&pieces)
        cutWord(&pieces)
    }

    private mutating func cutWord(_ pieces: inout PieceList) {
        word.finish(with: wordPiece, into: &pieces)
    }
}

/// How a model wants its text normalised, in the words of `tokenizer_config.json`.
struct Normalization: Sendable {
    /// `do_lower_case`
    var lowercases: Bool
    /// `strip_accents`
    var stripsAccents: Bool
    /// `tokenize_chinese_chars`
    var splitsChinese: Bool
}
