/// How a model wants its text normalised, in the words of `tokenizer_config.json`.
struct Normalization: Sendable {
    /// `do_lower_case`
    var lowercases: Bool
    /// `strip_accents`
    var stripsAccents: Bool
    /// `tokenize_chinese_chars`
    var splitsChinese: Bool
}
