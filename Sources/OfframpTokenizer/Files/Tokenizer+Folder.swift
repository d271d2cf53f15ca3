import Glibc
import OfframpFiles

extension Tokenizer {
    /// Reads the tokenizer of a checkpoint: `vocab.txt`, or else `tokenizer.json`, with the settings
    /// of `tokenizer_config.json` (`do_lower_case`, `strip_accents`, `tokenize_chinese_chars`,
    /// `model_max_length`), which take precedence over those of `tokenizer.json`.
    ///
    /// - Throws: `OfframpError`: `noInput` without a vocabulary, `data`, naming the member, when a
    ///   file is wrong.
    package init(folder: String) throws {
        let settings = try TokenizerSettings(configuration: "\(folder)/tokenizer_config.json")
        let vocabulary = "\(folder)/vocab.txt"
        if access(vocabulary, F_OK) == 0 {
            self.init(try Vocabulary(file: vocabulary), settings)
        } else {
            let file = "\(folder)/tokenizer.json"
            guard access(file, F_OK) == 0 else {
                throw OfframpError(
                    .noInput, at: folder, found: "no vocabulary",
                    expected: "vocab.txt or tokenizer.json")
            }
            let json = try TokenizerJSON(file)
            self.init(try Vocabulary(json), settings.filled(from: try json.settings()))
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

    /// Settings that are missing have the defaults of Hugging Face's `BertTokenizer`.
    private init(_ vocabulary: Vocabulary, _ settings: TokenizerSettings) {
        self.init(
            vocabulary: vocabulary, lowercases: settings.lowercases ?? true,
            stripsAccents: settings.stripsAccents, splitsChinese: settings.splitsChinese ?? true,
            maximumLength: settings.maximumLength ?? 512)
    }
}
