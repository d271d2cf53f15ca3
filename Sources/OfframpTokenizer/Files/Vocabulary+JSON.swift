import OfframpFiles

extension Vocabulary {
    /// Reads the WordPiece model and the added tokens of a Hugging Face `tokenizer.json`.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file; `data`, naming the member at fault,
    ///   when it is not a WordPiece tokenizer that works as BERT's does.
    package init(tokenizerJSON path: String) throws {
        try self.init(TokenizerJSON(path))
    }

    init(_ json: TokenizerJSON) throws {
        let added = try json.addedTokens()
        let table = try json.pieceTable(added)
        let others = added.filter { !Self.specialPieces.contains($0.text) }
        try self.init(table, added: others, from: json.path)
    }
}
