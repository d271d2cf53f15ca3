import Glibc
import OfframpFiles

extension Tokenizer {
    /// Reads the tokenizer of a checkpoint's folder, which gives the ids that `transformers` 5 gives.
    ///
    /// `tokenizer_class` decides. A class of its own, `BertTokenizer` for example, takes its pieces from
    /// `tokenizer.json`, or else from `vocab.txt`, and how it normalises from `tokenizer_config.json`
    /// alone. `PreTrainedTokenizerFast` works as `tokenizer.json` says. In both, `added_tokens.json` and
    /// `added_tokens_decoder` add tokens, and `special_tokens_map.json` names the special ones before
    /// `tokenizer_config.json` does.
    ///
    /// - Throws: `OfframpError`: `noInput` without a vocabulary, `data`, naming the member, when a
    ///   file is wrong or asks for what does not work as BERT's tokenizer does.
    package init(folder: String) throws {
        let files = try TokenizerFiles(folder)
        if let tokens = files.settings.className.specialTokens {
            try self.init(files, try files.specialTokens(tokens))
        } else {
            try self.init(stored: files)
        }
    }

    /// Reads a `vocab.txt` without the other files of a checkpoint.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when it is not a vocabulary.
    package init(vocabularyFile path: String, lowercases: Bool, maximumLength: Int = 512) throws {
        self.init(
            vocabulary: try Vocabulary(file: path), lowercases: lowercases,
            maximumLength: maximumLength)
    }

    /// As a class of its own, which is BERT's with other special tokens.
    private init(_ files: TokenizerFiles, _ special: SpecialTokens) throws {
        let settings = files.settings
        let lowercases = settings.lowercases ?? true
        let normalization = Normalization(
            lowercases: lowercases, stripsAccents: settings.stripsAccents ?? lowercases,
            splitsChinese: settings.splitsChinese ?? true)
        let added = try files.addedTokens()
        let vocabulary = try Vocabulary(
            try files.pieces().table(with: added), frame: FrameTokens(special),
            special: special.all, added: added, normalization: normalization,
            from: files.vocabularyPath)
        let template = EncodingTemplate(
            cls: vocabulary.cls, sep: vocabulary.sep,
            separators: settings.className == .mpnet ? 2 : 1)
        self.init(
            vocabulary, normalization, template, maximumLength: try files.maximumLength(template))
    }

    /// As `tokenizer.json` says.
    private init(stored files: TokenizerFiles) throws {
        guard let json = files.json else {
            throw OfframpError(
                .data, at: "\(files.folder)/tokenizer_config.json: tokenizer_class",
                found: files.settings.className.text,
                expected: "tokenizer.json beside it, or a class such as BertTokenizer")
        }
        let normalization = try json.normalization()
        let added = try files.addedTokens()
        let table = try files.pieces().table(with: added)
        let template = try json.template(table)
        func piece(_ ids: [Int32]) -> String {
            String(decoding: table.piece(Int(ids[0])), as: UTF8.self)
        }
        // The tokens around texts are found in them only if some file says so.
        let vocabulary = try Vocabulary(
            table,
            frame: FrameTokens(
                unk: try json.unknownToken(), cls: piece(template.single.prefix),
                sep: piece(template.single.suffix)),
            special: try files.specialTokens().all, added: added, normalization: normalization,
            from: json.path)
        self.init(
            vocabulary, normalization, template, longestWord: try json.longestWord(),
            maximumLength: try files.maximumLength(template))
    }
}
