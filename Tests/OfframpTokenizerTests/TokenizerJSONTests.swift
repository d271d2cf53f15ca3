import OfframpFiles
import OfframpTokenizer
import TestFiles
import Testing

/// A small `tokenizer.json` and ways to break it.
private let valid = """
    {"version": "1.0", "truncation": null, "padding": null,
     "added_tokens": [
       {"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false,
        "normalized": false, "special": true},
       {"id": 7, "content": "<name>", "single_word": false, "lstrip": false, "rstrip": false,
        "normalized": false, "special": true}],
     "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                    "strip_accents": null, "lowercase": false},
     "pre_tokenizer": {"type": "BertPreTokenizer"},
     "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
     "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
               "max_input_chars_per_word": 100,
               "vocab": {"##s": 6, "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4,
                         "Word": 5}}}
    """

@Suite struct TokenizerJSONTests {
    private let folder = TemporaryFolder()

    @Test func `pieces come in the order of their ids`() throws {
        _ = folder.file("tokenizer.json", valid)
        let tokenizer = try Tokenizer(folder: folder.path)
        #expect((0..<8).map { tokenizer.piece($0) }.suffix(3) == ["Word", "##s", "<name>"])
    }

    init() {
        _ = folder.file("tokenizer_config.json", #"{"tokenizer_class": "PreTrainedTokenizerFast"}"#)
    }

    @Test func `added tokens are found in the text`() throws {
        _ = folder.file("tokenizer.json", valid)
        let tokenizer = try Tokenizer(folder: folder.path)
        #expect(tokenizer.encode("Words<name>Word <nam word").ids == [2, 5, 6, 7, 5, 1, 1, 1, 3])
    }

    @Test func `special tokens around one text may be more than around two`() throws {
        let processor = """
            {"type": "TemplateProcessing",
             "special_tokens": {"[CLS]": {"ids": [2, 2, 2, 2]}, "[SEP]": {"ids": [3]}},
             "single": [{"SpecialToken": {"id": "[CLS]"}}, {"Sequence": {"id": "A"}},
                        {"SpecialToken": {"id": "[SEP]"}}],
             "pair": [{"SpecialToken": {"id": "[SEP]"}}, {"Sequence": {"id": "A"}},
                      {"SpecialToken": {"id": "[SEP]"}}, {"Sequence": {"id": "B"}},
                      {"SpecialToken": {"id": "[SEP]"}}]}
            """
        let old = #"{"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}"#
        _ = folder.file("tokenizer.json", replacing(old, by: processor))
        let tokenizer = try Tokenizer(folder: folder.path)
        #expect(tokenizer.minimumLength == 5)
        #expect(tokenizer.encode("Word Word", maximumLength: 5).ids == [2, 2, 2, 2, 3])
    }

    @Test(arguments: [
        ("WordPiece", "BPE", "model: type"),
        ("\"##\"", "\"@@\"", "model: continuing_subword_prefix"),
        (": 100", ": 0", "model: max_input_chars_per_word"),
        ("\"Word\": 5", "\"Word\": 4", "model: vocab"),
        ("\"Word\": 5", "\"Word\": 2000000000", "model: vocab"),
        ("\"Word\": 5", "\"Word\": -1", "model: vocab: Word"),
        ("\"Word\": 5", "\"Word\": 5.5", "model: vocab: Word"),
        ("\"id\": 7", "\"id\": 6", "model: vocab"),
        ("\"<name>\"", "\"\"", "added_tokens[1]: content"),
        ("\"rstrip\": false", "\"rstrip\": 1", "added_tokens[0]: rstrip"),
        ("BertNormalizer", "NFC", "normalizer: type"),
        ("\"clean_text\": true", "\"clean_text\": false", "normalizer: clean_text"),
        ("\"lowercase\": false", "\"lowercase\": 1", "normalizer: lowercase"),
        ("BertPreTokenizer", "Whitespace", "pre_tokenizer: type"),
        ("BertProcessing", "ByteLevel", "post_processor"),
        ("{\"type\": \"BertProcessing\"", "null, \"x\": {\"type\": \"x\"", "post_processor"),
        ("[\"[SEP]\", 3]", "[\"[SEP]\", 99]", "post_processor: sep"),
    ])
    func `what works in another way is refused`(_ old: String, _ new: String, _ place: String)
        throws
    {
        let path = folder.file("tokenizer.json", replacing(old, by: new))
        let error = #expect(throws: OfframpError.self) { try Tokenizer(folder: folder.path) }
        #expect(error?.kind == .data)
        #expect(error?.place == "\(path): \(place)")
    }

    @Test func `an unknown token that the vocabulary does not have is refused`() throws {
        let changed = replacing("\"[UNK]\", \"cont", by: "\"<unk>\", \"cont")
        let path = folder.file("tokenizer.json", changed)
        let error = #expect(throws: OfframpError.self) { try Tokenizer(folder: folder.path) }
        #expect(error?.place == path && error?.found == "no piece <unk>")
    }

    @Test func `a class that only tokenizer.json explains is refused without it`() {
        _ = folder.file("vocab.txt", "[UNK]\n[CLS]\n[SEP]\n")
        let error = #expect(throws: OfframpError.self) { try Tokenizer(folder: folder.path) }
        #expect(error?.found == "PreTrainedTokenizerFast")
        _ = folder.file("tokenizer_config.json", #"{"tokenizer_class": "CamembertTokenizer"}"#)
        let other = #expect(throws: OfframpError.self) { try Tokenizer(folder: folder.path) }
        #expect(other?.found == "CamembertTokenizer")
    }

    /// The valid text with the first `old` replaced.
    private func replacing(_ old: String, by new: String) -> String {
        guard let range = valid.firstRange(of: old) else { return "" }
        return valid.replacingCharacters(in: range, with: new)
    }
}

extension String {
    fileprivate func firstRange(of part: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(part) }
            .map { $0..<index($0, offsetBy: part.count) }
    }

    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
