import OfframpFiles

/// A `tokenizer.json`; what does not work as BERT's tokenizer does is refused where it counts.
struct TokenizerJSON {
    let path: String
    private let root: JSONReader

    init(_ path: String) throws {
        self.path = path
        root = try JSONReader(file: path)
    }

    /// How it normalises; refuses any other way to split words than BERT's.
    func normalization() throws -> Normalization {
        try root["pre_tokenizer"]["type"].require("BertPreTokenizer")
        let normalizer = root["normalizer"]
        try normalizer["type"].require("BertNormalizer")
        try normalizer["clean_text"].require(true)
        let lowercases = try normalizer["lowercase"].ifNotNull?.bool() ?? true
        return Normalization(
            lowercases: lowercases,
            stripsAccents: try normalizer["strip_accents"].ifNotNull?.bool() ?? lowercases,
            splitsChinese: try normalizer["handle_chinese_chars"].ifNotNull?.bool() ?? true)
    }

    /// The tokens that are found in texts.
    func addedTokens() throws -> [AddedToken] {
        try (root["added_tokens"].ifNotNull?.elements() ?? []).map { token in
            try token.addedToken(id: try token["id"].id())
        }
    }

    /// The pieces of the model.
    func pieces() throws -> PieceEntries {
        let model = root["model"]
        try model["type"].require("WordPiece")
        try model["continuing_subword_prefix"].require("##")
        let vocabulary = model["vocab"]
        let entries = try vocabulary.value("an object of pieces and ids") { $0.members }.map {
            // A reader for each of the many pieces only where one is wrong.
            (text: $0.key, id: try $0.value.id ?? vocabulary[$0.key].id())
        }
        return try PieceEntries(entries, from: "\(path): model: vocab")
    }

    /// Stands for words without pieces.
    func unknownToken() throws -> String { try root["model"]["unk_token"].string() }

    /// The characters of the longest word that is cut into pieces.
    func longestWord() throws -> Int {
        try root["model"]["max_input_chars_per_word"].ifNotNull?.int(in: 1...1_000_000)
            ?? WordPiece.usualMaximum
    }

    /// The special tokens around texts.
    func template(_ table: PieceTable) throws -> EncodingTemplate {
        let processor = root["post_processor"]
        switch processor["type"].json?.string {
        case "BertProcessing":
            return EncodingTemplate(
                cls: try id(processor["cls"], table), sep: try id(processor["sep"], table))
        case "RobertaProcessing":
            return EncodingTemplate(
                cls: try id(processor["cls"], table), sep: try id(processor["sep"], table),
                separators: 2)
        case "TemplateProcessing":
            return try TemplateReader(processor, table).template()
        default:
            throw processor.error(
                expected:
                    "BertProcessing, RobertaProcessing or TemplateProcessing, which put special "
                    + "tokens around a text")
        }
    }

    /// The id in a pair of a token and its id.
    private func id(_ pair: JSONReader, _ table: PieceTable) throws -> Int32 {
        try pair.value("a token and its id in the vocabulary") { json in
            json.elements?.last?.int.flatMap(Int32.init(exactly:)).flatMap {
                (0..<Int32(table.count)).contains($0) ? $0 : nil
            }
        }
    }
}

/// Reads a `TemplateProcessing`: special tokens, the text `A`, special tokens, and for pairs the text `B`
/// and special tokens.
private struct TemplateReader {
    private let processor: JSONReader
    private let table: PieceTable

    init(_ processor: JSONReader, _ table: PieceTable) {
        (self.processor, self.table) = (processor, table)
    }

    func template() throws -> EncodingTemplate {
        let single = try parts("single", texts: ["A"])
        let pair = try parts("pair", texts: ["A", "B"])
        var template = EncodingTemplate(cls: 0, sep: 0)
        template.single = (single[0], single[1])
        template.pair = (pair[0], pair[1], pair[2])
        return template
    }

    /// The special tokens before, between and behind the texts.
    private func parts(_ key: String, texts: [String]) throws -> [[Int32]] {
        let pieces = processor[key]
        var (parts, rest) = ([[Int32]()], texts[...])
        for piece in try pieces.elements() {
            if let text = piece["Sequence"]["id"].json?.string {
                guard text == rest.popFirst() else {
                    throw piece.error(expected: "the texts in their order")
                }
                parts.append([])
            } else {
                parts[parts.count - 1] += try ids(piece["SpecialToken"]["id"].string())
            }
        }
        guard rest.isEmpty, let first = parts.first, let last = parts.last, !first.isEmpty,
            !last.isEmpty
        else {
            throw pieces.error(
                expected: "special tokens before and behind \(texts.joined(separator: " and "))")
        }
        return parts
    }

    private func ids(_ name: String) throws -> [Int32] {
        try processor["special_tokens"][name]["ids"].ints("ids of the vocabulary") { ids in
            ids.allSatisfy { (0..<table.count).contains($0) }
        }.map { Int32($0) }
    }
}
