import Glibc
import OfframpFiles

/// The settings in `tokenizer_config.json`; `nil` where it has none.
struct TokenizerSettings {
    let className: TokenizerClass
    let lowercases: Bool?
    let stripsAccents: Bool?
    let splitsChinese: Bool?
    /// The file, where it is there.
    let reader: JSONReader?

    init(folder: String) throws {
        let path = "\(folder)/tokenizer_config.json"
        let reader = access(path, F_OK) == 0 ? try JSONReader(file: path) : nil
        self.reader = reader
        lowercases = try reader?["do_lower_case"].ifNotNull?.bool()
        stripsAccents = try reader?["strip_accents"].ifNotNull?.bool()
        splitsChinese = try reader?["tokenize_chinese_chars"].ifNotNull?.bool()
        let name = try reader?["tokenizer_class"].ifNotNull?.string()
        className = try name.map(TokenizerClass.init) ?? TokenizerClass(modelIn: folder)
    }

    /// The most ids of an encoding; `nil` where the file does not say.
    ///
    /// - Throws: `OfframpError` (`data`) for fewer than `least`, which depends on the other settings.
    func maximumLength(atLeast least: Int) throws -> Int? {
        try reader?["model_max_length"].ifNotNull?.length(atLeast: least)
    }
}

/// The class of `transformers` that reads the folder.
enum TokenizerClass: Equatable {
    /// BERT's, and those that are the same: DistilBERT's and ELECTRA's.
    case bert
    case mpnet
    /// Works as `tokenizer.json` says.
    case stored(String)

    init(_ name: String) {
        let slow = name.hasSuffix("Fast") ? String(name.dropLast("Fast".count)) : name
        switch slow {
        case "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer": self = .bert
        case "MPNetTokenizer": self = .mpnet
        default: self = .stored(name)
        }
    }

    /// That of the model, where the tokenizer's files do not say.
    init(modelIn folder: String) throws {
        let path = "\(folder)/config.json"
        let model = access(path, F_OK) == 0 ? try JSON(file: path)["model_type"]?.string : nil
        self = model == "mpnet" ? .mpnet : .bert
    }

    /// What its special tokens are called unless the files say otherwise.
    var specialTokens: SpecialTokens? {
        switch self {
        case .bert: .bert
        case .mpnet: .mpnet
        case .stored: nil
        }
    }

    /// Its name in the file.
    var text: String {
        switch self {
        case .bert: "BertTokenizer"
        case .mpnet: "MPNetTokenizer"
        case .stored(let name): name
        }
    }
}

extension JSONReader {
    /// A maximum length; Hugging Face writes 1e30 where there is none.
    fileprivate func length(atLeast least: Int) throws -> Int {
        try value("a length of at least \(least)") { json in
            guard let length = json.double, length >= Double(least) else { return nil }
            return json.int ?? Int(min(length, 1e15))
        }
    }
}
