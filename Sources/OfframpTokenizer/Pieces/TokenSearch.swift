/// Finds added tokens that the scanner cannot: words, and tokens in the normalised text.
///
/// As in Hugging Face's `tokenizers`, the text is first divided at the tokens that stand in it as they
/// are. What lies between them is normalised, divided at the tokens of normalised texts, and only then
/// cut into words. At each place the longest token counts.
struct TokenSearch: Sendable {
    private let literal: TokenIndex
    private let normalized: TokenIndex
    private let normalization: Normalization
    /// The bytes without which no text holds a token that needs the search.
    private var signs = [Bool](repeating: false, count: 256)

    init(_ tokens: [AddedToken], _ normalization: Normalization) {
        self.normalization = normalization
        literal = TokenIndex(
            tokens.filter { !$0.isNormalized }.map { (Array($0.text.utf8), $0) })
        let normal = tokens.filter(\.isNormalized).map { token in
            var text = token.text
            let bytes = text.withUTF8 { NormalizedText($0, 0..<$0.count, normalization).bytes }
            return (bytes, token)
        }
        normalized = TokenIndex(normal)
        for token in tokens where !token.isNormalized { mark(token.text.utf8.first) }
        for (bytes, _) in normal {
            // A text may have its first letter in upper case, or as a part of another character.
            let text = String(decoding: bytes, as: UTF8.self)
            for form in [text.lowercased(), text.uppercased()] { mark(form.utf8.first) }
            for byte in 0x80...0xFF { mark(UInt8(byte)) }
        }
    }

    private mutating func mark(_ byte: UInt8?) {
        if let byte { signs[Int(byte)] = true }
    }

    /// Whether a text may hold a token; most do not, and need no search.
    func mayFind(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.contains { signs[Int($0)] }
    }

    /// Appends the pieces of a text; stops early once there are more than `limit` in the list.
    func append(
        _ text: UnsafeBufferPointer<UInt8>, _ rules: TokenizerRules, limit: Int,
        to pieces: inout PieceList
    ) {
        for (part, token) in literal.parts(of: text) where pieces.ids.count <= limit {
            if let token {
                pieces.append(token, part)
            } else if normalized.isEmpty {
                let first = pieces.ids.count
                TextScanner.append(
                    UnsafeBufferPointer(rebasing: text[part]), rules, limit: limit, to: &pieces)
                pieces.mapRanges(from: first) {
                    part.lowerBound + $0.lowerBound..<part.lowerBound + $0.upperBound
                }
            } else {
                appendNormalized(text, part, rules, limit: limit, to: &pieces)
            }
        }
    }

    private func appendNormalized(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ rules: TokenizerRules,
        limit: Int,
        to pieces: inout PieceList
    ) {
        let text = NormalizedText(text, range, normalization)
        let plain = rules.withoutNormalization
        text.bytes.withUnsafeBufferPointer { bytes in
            for (part, token) in normalized.parts(of: bytes) where pieces.ids.count <= limit {
                let first = pieces.ids.count
                if let token {
                    pieces.append(token, 0..<part.count)
                } else {
                    TextScanner.append(
                        UnsafeBufferPointer(rebasing: bytes[part]), plain, limit: limit, to: &pieces
                    )
                }
                pieces.mapRanges(from: first) { range in
                    let start = text.sources[part.lowerBound + range.lowerBound].lowerBound
                    return start..<text.sources[part.lowerBound + range.upperBound - 1].upperBound
                }
            }
        }
    }
}

/// Tokens by the byte that they begin with.
private struct TokenIndex: Sendable {
    private struct Entry {
        let bytes: [UInt8]
        let id: Int32
        let isWord: Bool
    }

    /// The longest first.
    private var entries = [[Entry]](repeating: [], count: 256)
    let isEmpty: Bool

    init(_ tokens: [(bytes: [UInt8], token: AddedToken)]) {
        isEmpty = tokens.isEmpty
        for (bytes, token) in tokens.sorted(by: { $0.bytes.count > $1.bytes.count }) {
            guard let first = bytes.first else { continue }
            entries[Int(first)].append(Entry(bytes: bytes, id: token.id, isWord: token.isWord))
        }
    }

    /// The tokens of a text with their ids, and what lies between them.
    func parts(of text: UnsafeBufferPointer<UInt8>) -> [(range: Range<Int>, id: Int32?)] {
        var parts: [(Range<Int>, Int32?)] = []
        var (start, position) = (0, 0)
        while position < text.count {
            let rest = text[position...]
            guard
                let entry = entries[Int(text[position])].first(where: {
                    rest.starts(with: $0.bytes)
                })
            else {
                position += 1
                continue
            }
            let range = position..<position + entry.bytes.count
            position = range.upperBound
            if entry.isWord, Self.touchesWord(range, of: text) { continue }
            if start < range.lowerBound { parts.append((start..<range.lowerBound, nil)) }
            parts.append((range, entry.id))
            start = position
        }
        if start < text.count { parts.append((start..<text.count, nil)) }
        return parts
    }

    private static func touchesWord(
        _ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var before = range.lowerBound - 1
        while before > 0, text[before] & 0xC0 == 0x80 { before -= 1 }
        return before >= 0 && ScalarProperties.isOfWord(DecodedScalar(text, at: before).value)
            || range.upperBound < text.count
                && ScalarProperties.isOfWord(DecodedScalar(text, at: range.upperBound).value)
    }
}
