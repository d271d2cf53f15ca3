import Glibc
import OfframpFiles

/// The settings that the files of a checkpoint give; `nil` where they say nothing.
struct TokenizerSettings {
    var lowercases: Bool?
    var stripsAccents: Bool?
    var splitsChinese: Bool?
    var maximumLength: Int?

    /// Reads a `tokenizer_config.json`; a file that is not there says nothing.
    init(configuration path: String) throws {
        guard access(path, F_OK) == 0 else { return }
        let members = JSONMembers(try JSON(file: path), path)
        lowercases = try members.flag("do_lower_case")
        stripsAccents = try members.flag("strip_accents")
        splitsChinese = try members.flag("tokenize_chinese_chars")
        maximumLength = try members.length("model_max_length")
    }

    /// Takes the settings of a normaliser, `members` being a `BertNormalizer`.
    init(normalizer members: JSONMembers) throws {
        try members.expect("type", "BertNormalizer")
        try members.expect("clean_text", true)
        lowercases = try members.flag("lowercase")
        stripsAccents = try members.flag("strip_accents")
        splitsChinese = try members.flag("handle_chinese_chars")
    }

    /// These settings, and where they say nothing those of `other`.
    func filled(from other: TokenizerSettings) -> TokenizerSettings {
        var settings = self
        settings.lowercases = lowercases ?? other.lowercases
        settings.stripsAccents = stripsAccents ?? other.stripsAccents
        settings.splitsChinese = splitsChinese ?? other.splitsChinese
        settings.maximumLength = maximumLength ?? other.maximumLength
        return settings
    }
}
