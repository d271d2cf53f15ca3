import OfframpFiles

/// The pieces of a BERT model in the order of their ids, and its special tokens.
package struct Vocabulary: Sendable {
    /// The id of `[CLS]`, which begins every encoding.
    package let cls: Int32
    /// The id of `[SEP]`, which ends every text.
    package let sep: Int32
    /// The id of `[UNK]`, for words that cannot be made of pieces.
    package let unk: Int32
    /// The id of `[PAD]`.
    package let pad: Int32
    /// The id of `[MASK]`.
    package let mask: Int32

    package let table: PieceTable
    let addedTokens: AddedTokens

    /// The special tokens, which are also found in texts.
    static let specialPieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    /// Takes the pieces, and tokens other than the special ones that are found in texts.
    ///
    /// - Throws: `OfframpError` (`data`) that names the special tokens that are missing.
    init(_ table: PieceTable, added: [(text: String, id: Int32)], from place: String) throws {
        let found = Self.specialPieces.compactMap { text in table.id(of: text).map { (text, $0) } }
        guard found.count == Self.specialPieces.count else {
            let missing = Self.specialPieces.filter { table.id(of: $0) == nil }
            throw OfframpError(
                .data, at: place, found: "no piece \(missing.joined(separator: ", "))",
                expected: "the special tokens of BERT")
        }
        (pad, unk, cls, sep, mask) = (found[0].1, found[1].1, found[2].1, found[3].1, found[4].1)
        self.table = table
        addedTokens = AddedTokens(found + added)
    }
}

extension Vocabulary {
    /// The number of pieces.
    package var count: Int { table.count }

    /// The id of a piece as the vocabulary writes it, `##` included; `nil` if it has none.
    package func id(of piece: String) -> Int32? { table.id(of: piece) }

    /// The piece with an id from `0` to `count - 1`.
    package func piece(_ id: Int32) -> String {
        String(decoding: table.piece(Int(id)), as: UTF8.self)
    }

    /// A hash of all pieces in their order (FNV-1a).
    var fingerprint: UInt64 {
        (0..<table.count).reduce(0xCBF2_9CE4_8422_2325) { hash, id in
            // No UTF-8 has a byte 0xFF, so that it can stand between two pieces.
            (table.piece(id) + [0xFF]).reduce(hash) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
        }
    }
}
