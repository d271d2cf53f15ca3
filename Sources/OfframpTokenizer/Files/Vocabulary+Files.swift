import OfframpFiles

extension Vocabulary {
    /// Reads a `vocab.txt` of BERT's.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file; `data` when it is not UTF-8 or has no
    ///   special tokens.
    package init(file path: String) throws {
        try self.init(
            PieceEntries(file: path).table(with: []), normalization: .none, from: path)
    }

    /// Reads the WordPiece model and the added tokens of a Hugging Face `tokenizer.json`.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file; `data`, naming the member at fault,
    ///   when it is not a WordPiece tokenizer that works as BERT's does.
    package init(tokenizerJSON path: String) throws {
        let json = try TokenizerJSON(path)
        let added = try json.addedTokens()
        try self.init(
            try json.pieces().table(with: added), added: added,
            normalization: try json.normalization(), from: path)
    }
}
