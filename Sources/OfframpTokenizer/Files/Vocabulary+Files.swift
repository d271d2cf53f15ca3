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
}
