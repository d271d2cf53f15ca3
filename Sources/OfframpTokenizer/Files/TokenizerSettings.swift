import Glibc
import OfframpFiles

/// The tokenizer's settings in the files of a checkpoint; `nil` where they have none.
struct TokenizerSettings {
    var lowercases: Bool?
    var stripsAccents: Bool?
    var splitsChinese: Bool?
    var maximumLength: Int?

    /// Reads a `tokenizer_config.json`; no settings without the file.
    init(configuration path: String) throws {
        guard access(path, F_OK) == 0 else { return }
        let members = try JSONReader(file: path)
        lowercases = try members["do_lower_case"].ifNotNull?.bool()
        stripsAccents = try members["strip_accents"].ifNotNull?.bool()
        splitsChinese = try members["tokenize_chinese_chars"].ifNotNull?.bool()
        maximumLength = try members["model_max_length"].ifNotNull?.length()
    }

    /// Reads a `BertNormalizer`.
    init(normalizer members: JSONReader) throws {
        try members["type"].require("BertNormalizer")
        try members["clean_text"].require(true)
        lowercases = try members["lowercase"].ifNotNull?.bool()
        stripsAccents = try members["strip_accents"].ifNotNull?.bool()
        splitsChinese = try members["handle_chinese_chars"].ifNotNull?.bool()
    }

    /// These settings, completed by those of `other`.
    func filled(from other: TokenizerSettings) -> TokenizerSettings {
        var settings = self
        settings.lowercases = lowercases ?? other.lowercases
        settings.stripsAccents = stripsAccents ?? other.stripsAccents
        settings.splitsChinese = splitsChinese ?? other.splitsChinese
        settings.maximumLength = maximumLength ?? other.maximumLength
        return settings
    }
}

extension JSONReader {
    /// A maximum length; Hugging Face writes 1e30 where there is none.
    fileprivate func length() throws -> Int {
        try value("a length of at least \(Tokenizer.minimumLength)") { json in
            guard let length = json.double, length >= Double(Tokenizer.minimumLength) else {
                return nil
            }
            return json.int ?? Int(min(length, 1e15))
        }
    }
}
