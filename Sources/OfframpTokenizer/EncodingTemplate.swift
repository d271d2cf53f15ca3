/// The special tokens around a text and around a pair of texts.
struct EncodingTemplate: Sendable {
    var single: (prefix: [Int32], suffix: [Int32])
    var pair: (prefix: [Int32], middle: [Int32], suffix: [Int32])

    /// Special tokens around one text.
    var singleCount: Int { single.prefix.count + single.suffix.count }

    /// Special tokens around two texts.
    var pairCount: Int { pair.prefix.count + pair.middle.count + pair.suffix.count }

    /// The smallest maximum length: room for all special tokens.
    var minimumLength: Int { max(Tokenizer.minimumLength, singleCount, pairCount) }

    /// `[CLS] text [SEP]`, and `pair [SEP]` behind it.
    ///
    /// - Parameter separators: how often `[SEP]` stands between two texts; RoBERTa and MPNet have two.
    init(cls: Int32, sep: Int32, separators: Int = 1) {
        single = ([cls], [sep])
        pair = ([cls], Array(repeating: sep, count: separators), [sep])
    }

    static func bert(_ vocabulary: Vocabulary) -> EncodingTemplate {
        EncodingTemplate(cls: vocabulary.cls, sep: vocabulary.sep)
    }
}
