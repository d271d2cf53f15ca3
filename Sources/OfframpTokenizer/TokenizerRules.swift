/// Everything that decides which pieces a text has; immutable and shared by all threads.
struct TokenizerRules: Sendable {
    let normalization: Normalization
    let wordPiece: WordPiece
    let addedTokens: AddedTokens
}
