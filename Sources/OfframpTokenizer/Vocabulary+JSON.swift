import OfframpFiles

extension Vocabulary {
    /// Reads the WordPiece model and the added tokens of a Hugging Face `tokenizer.json`.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file; `data` when it is no WordPiece
    ///   tokenizer that works as BERT's does, with the member at fault.
    public init(tokenizerJSON path: String) throws {
        try self.init(TokenizerJSON(path))
    }

    init(_ json: TokenizerJSON) throws {
        let added = try json.addedTokens()
        let table = try json.pieceTable(added)
        let others = added.filter { !Self.specialPieces.contains($0.text) }
        try self.init(table, added: others, from: json.path)
    }
}
