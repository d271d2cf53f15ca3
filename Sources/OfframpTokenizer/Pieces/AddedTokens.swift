/// A token that is found in the text before it is cut into words.
struct AddedToken: Sendable {
    let text: String
    var id: Int32
    /// Whether it is looked for in the normalised text, in a lower-cased one for example.
    var isNormalized = false
    /// Whether it only counts where no letter, digit or underscore stands next to it.
    var isWord = false
}

/// The tokens that are found in texts.
///
/// Those that begin with ASCII punctuation and stand in the text as it is, all special tokens among
/// them, are found by the scanner on its way. Others need a search of their own.
struct AddedTokens: Sendable {
    private let tokens: [(bytes: [UInt8], id: Int32)]
    /// The ASCII characters that a token begins with, as a bit set.
    private var firstLow: UInt64 = 0
    private var firstHigh: UInt64 = 0
    /// Finds all tokens where some need it; `nil` where none does.
    let search: TokenSearch?

    init(_ tokens: [AddedToken], _ normalization: Normalization) {
        let simple = tokens.filter(\.isSimple)
        search = simple.count == tokens.count ? nil : TokenSearch(tokens, normalization)
        self.tokens = simple.map { (Array($0.text.utf8), $0.id) }
            .sorted { $0.bytes.count > $1.bytes.count }
        for token in self.tokens {
            guard let first = token.bytes.first else { continue }
            if first < 64 { firstLow |= 1 << first } else { firstHigh |= 1 << (first - 64) }
        }
    }

    /// Whether a token may begin with this ASCII character.
    @inline(__always)
    func mayBegin(with byte: UInt8) -> Bool {
        (byte < 64 ? firstLow >> byte : firstHigh >> (byte - 64)) & 1 == 1
    }

    /// The longest token that begins at `position`.
    func match(
        _ text: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (id: Int32, length: Int)? {
        let rest = text[position...]
        return tokens.first { rest.starts(with: $0.bytes) }.map { ($0.id, $0.bytes.count) }
    }
}

extension AddedToken {
    /// Whether the scanner finds it on its way.
    fileprivate var isSimple: Bool {
        guard let first = text.utf8.first, !isNormalized, !isWord else { return false }
        return first < 0x80 && ScalarClass(ascii: first) == .punctuation
    }
}
