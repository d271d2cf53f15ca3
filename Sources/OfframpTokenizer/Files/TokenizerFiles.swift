import Glibc
import OfframpFiles

/// The files of a folder that describe its tokenizer.
struct TokenizerFiles {
    let folder: String
    /// Of `tokenizer_config.json`.
    let settings: TokenizerSettings
    /// `tokenizer.json`, where it is there.
    let json: TokenizerJSON?

    init(_ folder: String) throws {
        self.folder = folder
        settings = try TokenizerSettings(folder: folder)
        let path = "\(folder)/tokenizer.json"
        json = access(path, F_OK) == 0 ? try TokenizerJSON(path) : nil
    }

    /// Where the pieces are.
    var vocabularyPath: String { json?.path ?? "\(folder)/vocab.txt" }

    /// The most ids of an encoding, with room for the special tokens.
    func maximumLength(_ template: EncodingTemplate) throws -> Int {
        let least = template.minimumLength
        return try settings.maximumLength(atLeast: least) ?? max(Self.usualLength, least)
    }

    private static let usualLength = 512

    /// The pieces of `tokenizer.json`, or else of `vocab.txt`.
    func pieces() throws -> PieceEntries {
        if let json { return try json.pieces() }
        guard access(vocabularyPath, F_OK) == 0 else {
            throw OfframpError(
                .noInput, at: folder, found: "no vocabulary",
                expected: "vocab.txt or tokenizer.json")
        }
        return try PieceEntries(file: vocabularyPath)
    }

    /// The special tokens that the files name, those of `special_tokens_map.json` before those of
    /// `tokenizer_config.json`.
    ///
    /// - Parameter defaults: the tokens of the class, where it has some.
    func specialTokens(_ defaults: SpecialTokens = SpecialTokens()) throws -> SpecialTokens {
        var tokens = defaults
        for reader in [settings.reader, try reader("special_tokens_map.json")].compactMap(\.self) {
            for role in SpecialTokens.Role.allCases {
                guard let token = reader[role.rawValue].ifNotNull else { continue }
                tokens.texts[role] = try token.token()
            }
            for key in ["additional_special_tokens", "extra_special_tokens"] {
                tokens.others += try reader[key].ifNotNull?.tokens() ?? []
            }
        }
        return tokens
    }

    /// The added tokens of all files; of two for the same text `added_tokens_decoder` counts, then
    /// `tokenizer.json`.
    func addedTokens() throws -> [AddedToken] {
        var tokens: [String: AddedToken] = [:]
        for token in try json?.addedTokens() ?? [] { tokens[token.text] = token }
        let decoder = settings.reader?["added_tokens_decoder"].ifNotNull
        for (key, value) in try decoder?.members("an object of ids and tokens") ?? [] {
            let token = try value.addedToken(id: try value.id(key))
            tokens[token.text] = token
        }
        for (text, id) in try reader("added_tokens.json")?.members("an object of tokens and ids")
            ?? []
        where tokens[text] == nil {
            tokens[text] = AddedToken(text: text, id: try id.id(), isNormalized: true)
        }
        return tokens.values.sorted { $0.id < $1.id }
    }

    private func reader(_ name: String) throws -> JSONReader? {
        let path = "\(folder)/\(name)"
        return access(path, F_OK) == 0 ? try JSONReader(file: path) : nil
    }
}

extension JSONReader {
    /// An id of the vocabulary.
    func id() throws -> Int32 { try value("an id from 0 on") { $0.id } }

    /// An id of the vocabulary that is the key of this member.
    func id(_ key: String) throws -> Int32 {
        guard let id = JSON.number(key).id else {
            throw error(found: "the key \(key)", expected: "an id from 0 on")
        }
        return id
    }

    /// A token: its text, or an object with its text.
    fileprivate func token() throws -> String {
        try value("the text of a token") { $0.string ?? $0["content"]?.string }
    }

    /// Tokens: a list of them, or an object of their names.
    fileprivate func tokens() throws -> [String] {
        if json?.members != nil {
            return try members("tokens by name").map { try $0.value.token() }
        }
        return try elements().map { try $0.token() }
    }

    /// An added token with its flags. `lstrip` and `rstrip` take blanks in, which have no pieces anyway.
    func addedToken(id: Int32) throws -> AddedToken {
        let text = try self["content"].value("a text that is not empty") { json in
            json.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        for key in ["lstrip", "rstrip"] { _ = try self[key].ifNotNull?.bool() }
        return AddedToken(
            text: text, id: id, isNormalized: try self["normalized"].ifNotNull?.bool() ?? false,
            isWord: try self["single_word"].ifNotNull?.bool() ?? false)
    }
}

extension JSON {
    /// The number as an id of the vocabulary; `nil` for any other value.
    var id: Int32? { int.flatMap(Int32.init(exactly:)).flatMap { $0 >= 0 ? $0 : nil } }
}
