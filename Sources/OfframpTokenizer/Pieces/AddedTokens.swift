/// Tokens that are found in the text before it is normalised: `[MASK]` for example.
struct AddedTokens: Sendable {
    private let tokens: [(bytes: [UInt8], id: Int32)]
    /// The ASCII characters that a token begins with, as a bit set.
    private var firstLow: UInt64 = 0
    private var firstHigh: UInt64 = 0

    /// Takes tokens that all begin with an ASCII punctuation character.
    init(_ tokens: [(text: String, id: Int32)]) {
        self.tokens = tokens.map { (Array($0.text.utf8), $0.id) }
            .sorted { $0.bytes.count > $1.bytes.count }
        for token in self.tokens {
            guard let first = token.bytes.first else { continue }
            precondition(ScalarClass(ascii: first) == .punctuation)
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
