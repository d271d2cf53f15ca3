import OfframpFiles

/// A `tokenizer.json`, of which only what works as BERT's tokenizer does is accepted.
struct TokenizerJSON {
    let path: String
    private let root: JSONMembers

    /// A token and its id.
    typealias Entry = (text: String, id: Int32)

    init(_ path: String) throws {
        self.path = path
        root = JSONMembers(try JSON(file: path), path)
    }

    /// The settings of its normaliser; also refuses another way to split words than BERT's.
    func settings() throws -> TokenizerSettings {
        try root.object("pre_tokenizer").expect("type", "BertPreTokenizer")
        return try TokenizerSettings(normalizer: root.object("normalizer"))
    }

    /// The tokens that are looked for in the text itself.
    func addedTokens() throws -> [Entry] {
        try (root["added_tokens"]?.elements ?? []).enumerated().map { index, token in
            let token = JSONMembers(token, "\(path): added_tokens[\(index)]")
            for key in ["single_word", "lstrip", "rstrip", "normalized"]
            where try token.flag(key) == true {
                throw token.error(key, expected: "false")
            }
            guard let text = token["content"]?.string, let first = text.utf8.first,
                ScalarClass(ascii: first) == .punctuation
            else {
                throw token.error(
                    "content", expected: "a token that begins with ASCII punctuation")
            }
            return (text, try token.id("id"))
        }
    }

    /// The pieces of the model, and the added tokens that are not among them.
    func pieceTable(_ added: [Entry]) throws -> PieceTable {
        let model = root.object("model")
        try model.expect("type", "WordPiece")
        try model.expect("unk_token", "[UNK]")
        try model.expect("continuing_subword_prefix", "##")
        try model.expect("max_input_chars_per_word", .number(WordPiece.maximumCharacters))
        guard let members = model["vocab"]?.members else {
            throw model.error("vocab", expected: "an object of pieces and ids")
        }
        let vocabulary = model.object("vocab")
        var entries = try members.map { member in
            (text: member.key, id: try vocabulary.id(member.key, in: member.value))
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
