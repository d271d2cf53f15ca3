/// What the special tokens of a model are called.
struct SpecialTokens {
    /// What a token is for, as `tokenizer_config.json` calls it.
    enum Role: String, CaseIterable {
        case unknown = "unk_token"
        case classification = "cls_token"
        case separator = "sep_token"
        case padding = "pad_token"
        case mask = "mask_token"
        case beginning = "bos_token"
        case end = "eos_token"
    }

    /// The tokens that have a role.
    var texts: [Role: String] = [:]
    /// Tokens that are special without one.
    var others: [String] = []

    /// All of them are found in texts.
    var all: [String] { texts.values + others }

    static let bert = SpecialTokens(texts: [
        .unknown: "[UNK]", .classification: "[CLS]", .separator: "[SEP]", .padding: "[PAD]",
        .mask: "[MASK]",
    ])
    static let mpnet = SpecialTokens(texts: [
        .unknown: "[UNK]", .classification: "<s>", .separator: "</s>", .padding: "<pad>",
        .mask: "<mask>",
    ])
}

/// The tokens that encodings need. Batches are packed without padding, and nothing is masked.
struct FrameTokens {
    /// Stands for words that cannot be made of pieces.
    var unk: String
    /// Begins every encoding.
    var cls: String
    /// Ends every text.
    var sep: String

    static let bert = FrameTokens(.bert)

    /// The tokens of a model, `[UNK]`, `[CLS]` and `[SEP]` where it does not name them.
    init(_ tokens: SpecialTokens) {
        unk = tokens.texts[.unknown] ?? "[UNK]"
        cls = tokens.texts[.classification] ?? "[CLS]"
        sep = tokens.texts[.separator] ?? "[SEP]"
    }

    init(unk: String, cls: String, sep: String) { (self.unk, self.cls, self.sep) = (unk, cls, sep) }
}
