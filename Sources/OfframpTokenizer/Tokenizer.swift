/// A tokenizer such as BERT's: text to WordPiece ids, the same ones as Hugging Face gives.
///
/// Immutable, so any number of threads may encode with it at once. Bytes that are not valid UTF-8
/// are ignored.
package struct Tokenizer: Sendable {
    private let vocabulary: Vocabulary
    /// The most ids that an encoding has, special tokens included.
    package private(set) var maximumLength: Int
    private let rules: TokenizerRules
    let template: EncodingTemplate

    /// The smallest maximum length of BERT: room for the special tokens around two texts.
    package static let minimumLength = 3
    /// The smallest maximum length of this tokenizer.
    package var minimumLength: Int { template.minimumLength }

    /// Makes a tokenizer.
    ///
    /// - Parameters:
    ///   - vocabulary: the pieces.
    ///   - lowercases: whether text is read in lower case (`do_lower_case`).
    ///   - stripsAccents: whether accents are removed; `nil` for the same as `lowercases`.
    ///   - splitsChinese: whether every Chinese character is a word of its own
    ///     (`tokenize_chinese_chars`).
    ///   - maximumLength: the most ids of an encoding, at least `minimumLength`.
    package init(
        vocabulary: Vocabulary, lowercases: Bool, stripsAccents: Bool? = nil,
        splitsChinese: Bool = true, maximumLength: Int = 512
    ) {
        self.init(
            vocabulary,
            Normalization(
                lowercases: lowercases, stripsAccents: stripsAccents ?? lowercases,
                splitsChinese: splitsChinese),
            .bert(vocabulary), maximumLength: maximumLength)
    }

    init(
        _ vocabulary: Vocabulary, _ normalization: Normalization, _ template: EncodingTemplate,
        longestWord: Int = WordPiece.usualMaximum, maximumLength: Int
    ) {
        self.vocabulary = vocabulary
        self.template = template
        self.maximumLength = maximumLength
        rules = TokenizerRules(
            normalization: normalization,
            wordPiece: WordPiece(
                table: vocabulary.table, unknown: vocabulary.unk, maximumCharacters: longestWord),
            addedTokens: vocabulary.addedTokens)
        precondition(maximumLength >= minimumLength)
    }

    /// The same tokenizer with another maximum length, at least `minimumLength`.
    package func limited(to maximumLength: Int) -> Tokenizer {
        precondition(maximumLength >= minimumLength)
        var tokenizer = self
        tokenizer.maximumLength = maximumLength
        return tokenizer
    }

    /// Encodes a text or a pair of texts.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - pair: the second text, if there is one.
    ///   - maximumLength: the most ids; `nil` for the tokenizer's own. The longer text is cut first.
    ///   - tracksRanges: whether the encoding has the place of each piece in its text.
    package func encode(
        _ text: String, pair: String? = nil, maximumLength: Int? = nil, tracksRanges: Bool = false
    ) -> Encoding {
        var text = text
        return text.withUTF8 { text in
            guard var pair else {
                return encode(text, maximumLength: maximumLength, tracksRanges: tracksRanges)
            }
            return pair.withUTF8 { pair in
                encode(text, pair: pair, maximumLength: maximumLength, tracksRanges: tracksRanges)
            }
        }
    }

    /// Encodes a text or a pair of texts given as UTF-8; see `encode(_:pair:maximumLength:tracksRanges:)`.
    package func encode(
        _ text: UnsafeBufferPointer<UInt8>, pair: UnsafeBufferPointer<UInt8>? = nil,
        maximumLength: Int? = nil, tracksRanges: Bool = false
    ) -> Encoding {
        let limit = maximumLength ?? self.maximumLength
        precondition(limit >= minimumLength)
        var pieces = PieceList(tracksRanges: tracksRanges)
        // A piece takes at least a byte, so most texts need no second allocation.
        pieces.ids.reserveCapacity(min(text.count / 2, limit) + Self.spareCapacity)
        return pair.map { encode(text, $0, limit: limit, &pieces) }
            ?? encode(text, limit: limit, &pieces)
    }

    private static let spareCapacity = 16

    private func encode(
        _ text: UnsafeBufferPointer<UInt8>, limit: Int, _ pieces: inout PieceList
    ) -> Encoding {
        pieces.append(special: template.single.prefix)
        let limit = limit - template.single.suffix.count
        // One piece too many is enough to know that the text is too long.
        rules.append(text, limit: limit, to: &pieces)
        let isTruncated = pieces.ids.count > limit
        if isTruncated { pieces.truncate(to: limit) }
        pieces.append(special: template.single.suffix)
        return Encoding(pieces, secondStart: pieces.ids.count, isTruncated: isTruncated)
    }

    private func encode(
        _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>, limit: Int,
        _ pieces: inout PieceList
    ) -> Encoding {
        let start = template.pair.prefix.count
        pieces.append(special: template.pair.prefix)
        rules.append(first, limit: .max, to: &pieces)
        var others = PieceList(tracksRanges: pieces.tracksRanges)
        rules.append(second, limit: .max, to: &others)
        let (firstCount, secondCount) = (pieces.ids.count - start, others.ids.count)
        let kept = Truncation.longestFirst(
            firstCount, secondCount, limit: limit - template.pairCount)
        pieces.truncate(to: start + kept.first)
        pieces.append(special: template.pair.middle)
        let secondStart = pieces.ids.count
        others.truncate(to: kept.second)
        pieces.append(others)
        pieces.append(special: template.pair.suffix)
        return Encoding(
            pieces, secondStart: secondStart, isTruncated: kept != (firstCount, secondCount))
    }
}

// MARK: - Pieces

extension Tokenizer {
    /// How many pieces there are; ids go from 0 to one less.
    package var pieceCount: Int { vocabulary.count }

    /// The piece with an id, as the vocabulary writes it.
    package func piece(_ id: Int32) -> String { vocabulary.piece(id) }

    /// A hash of all pieces in the order of their ids: tokenizers in which a piece has another id,
    /// or which have other pieces, differ in it.
    package var fingerprint: UInt64 { vocabulary.fingerprint }
}

extension Encoding {
    fileprivate init(_ pieces: PieceList, secondStart: Int, isTruncated: Bool) {
        self.init(
            ids: pieces.ids, secondStart: secondStart, isTruncated: isTruncated,
            ranges: pieces.tracksRanges ? pieces.ranges : nil)
    }
}
