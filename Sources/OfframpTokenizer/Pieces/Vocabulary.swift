import OfframpFiles

/// The pieces of a model in the order of their ids, its special tokens, and tokens that were added.
package struct Vocabulary: Sendable {
    /// The id of the token that begins every encoding: BERT's `[CLS]`.
    package let cls: Int32
    /// The id of the token that ends every text: BERT's `[SEP]`.
    package let sep: Int32
    /// The id of the token for words that cannot be made of pieces: BERT's `[UNK]`.
    package let unk: Int32

    package let table: PieceTable
    let addedTokens: AddedTokens

    /// Takes the pieces, and the tokens that are found in texts.
    ///
    /// - Parameters:
    ///   - frame: what the tokens are called that encodings need.
    ///   - special: tokens that are found in texts as they are, as far as they are pieces.
    ///   - added: other tokens that are found in texts.
    /// - Throws: `OfframpError` (`data`) that names the tokens that are missing.
    init(
        _ table: PieceTable, frame: FrameTokens = .bert,
        special: [String] = SpecialTokens.bert.all, added: [AddedToken] = [],
        normalization: Normalization, from place: String
    ) throws {
        guard let unk = table.id(of: frame.unk), let cls = table.id(of: frame.cls),
            let sep = table.id(of: frame.sep)
        else {
            let missing = [frame.unk, frame.cls, frame.sep].filter { table.id(of: $0) == nil }
            throw OfframpError(
                .data, at: place, found: "no piece \(missing.joined(separator: ", "))",
                expected: "the special tokens of the model")
        }
        (self.unk, self.cls, self.sep, self.table) = (unk, cls, sep, table)
        // What is a piece already keeps its id.
        let others = added.filter { !special.contains($0.text) }.map { token in
            var token = token
            token.id = table.id(of: token.text) ?? token.id
            return token
        }
        let found = Set(special).compactMap { text in
            table.id(of: text).map { AddedToken(text: text, id: $0) }
        }
        addedTokens = AddedTokens(found + others, normalization)
    }
}

extension Vocabulary {
    /// The number of pieces.
    package var count: Int { table.count }

    /// The id of a piece as the vocabulary writes it, `##` included; `nil` if it has none.
    package func id(of piece: String) -> Int32? { table.id(of: piece) }

    /// The piece with an id from `0` to `count - 1`; empty for an id that no piece has.
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
