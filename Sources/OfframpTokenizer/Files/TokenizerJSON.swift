import OfframpFiles

/// A `tokenizer.json`; accepted only if it works as BERT's tokenizer does.
struct TokenizerJSON {
    let path: String
    private let root: JSONReader

    /// A token and its id.
    typealias Entry = (text: String, id: Int32)

    init(_ path: String) throws {
        self.path = path
        root = try JSONReader(file: path)
    }

    /// The settings of its normaliser; refuses any other way to split words than BERT's.
    func settings() throws -> TokenizerSettings {
        try root["pre_tokenizer"]["type"].require("BertPreTokenizer")
        return try TokenizerSettings(normalizer: root["normalizer"])
    }

    /// The tokens that are found in the text before it is normalised.
    func addedTokens() throws -> [Entry] {
        try (root["added_tokens"].ifNotNull?.elements() ?? []).map { token in
            for key in ["single_word", "lstrip", "rstrip", "normalized"] {
                let flag = token[key]
                if try flag.ifNotNull?.bool() == true { throw flag.error(expected: "false") }
            }
            return (try Self.content(token["content"]), try token["id"].id())
        }
    }

    private static func content(_ member: JSONReader) throws -> String {
        try member.value("a token that begins with ASCII punctuation") { json in
            guard let text = json.string, let first = text.utf8.first else { return nil }
            return ScalarClass(ascii: first) == .punctuation ? text : nil
        }
    }

    /// The pieces of the model, and the added tokens that are not among them.
    func pieceTable(_ added: [Entry]) throws -> PieceTable {
        let model = root["model"]
        try model["type"].require("WordPiece")
        try model["unk_token"].require("[UNK]")
        try model["continuing_subword_prefix"].require("##")
        try model["max_input_chars_per_word"].require(.number(WordPiece.maximumCharacters))
        var entries = try model["vocab"].members("an object of pieces and ids").map { member in
            (text: member.key, id: try member.value.id())
        }
        let known = Set(entries.map(\.text))
        entries += added.filter { !known.contains($0.text) }
        return try table(of: entries)
    }

    private func table(of entries: [Entry]) throws -> PieceTable {
        var bytes: [UInt8] = []
        var spans: [PieceTable.Span] = []
        for (text, id) in entries.sorted(by: { $0.id < $1.id }) {
            guard Int(id) == spans.count else {
                throw OfframpError(
                    .data, at: "\(path): model: vocab", found: "id \(id) for \"\(text)\"",
                    expected: "id \(spans.count): every id from 0 on, once")
            }
            let start = Int32(bytes.count)
            bytes += text.utf8
            spans.append(.init(start: start, end: Int32(bytes.count)))
        }
        return PieceTable(bytes: bytes, spans: spans)
    }
}

extension JSONReader {
    /// An id of the vocabulary.
    fileprivate func id() throws -> Int32 {
        try value("an id from 0 on") { json in
            json.int.flatMap(Int32.init(exactly:)).flatMap { $0 >= 0 ? $0 : nil }
        }
    }
}
