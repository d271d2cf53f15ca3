import OfframpFiles
import OfframpTokenizer
import TestFiles
import Testing

@Suite struct TokenizerFolderTests {
    private let folder = TemporaryFolder()

    /// Ids 5 to 9 tell in which form "É" and "中" reached the vocabulary.
    private static let pieces = "[PAD] [UNK] [CLS] [SEP] [MASK] É é E e 中 ##中"

    private func ids(configuration: String?) throws -> [Int32] {
        _ = folder.file("vocab.txt", Self.pieces.split(separator: " ").joined(separator: "\n"))
        if let configuration { _ = folder.file("tokenizer_config.json", configuration) }
        return try Tokenizer(folder: folder.path).encode("É E中").ids
    }

    @Test(
        arguments: [
            (nil, [8, 8, 9]),
            ("{}", [8, 8, 9]),
            (#"{"do_lower_case": true, "strip_accents": null}"#, [8, 8, 9]),
            (#"{"do_lower_case": false}"#, [5, 7, 9]),
            (#"{"do_lower_case": false, "strip_accents": true}"#, [7, 7, 9]),
            (#"{"do_lower_case": true, "strip_accents": false}"#, [6, 8, 9]),
            (#"{"tokenize_chinese_chars": false}"#, [8, 8, 10]),
            (#"{"model_max_length": 4}"#, [8, 8]),
            (#"{"model_max_length": 1000000000000000019884624838656}"#, [8, 8, 9]),
            (#"{"model_max_length": 1e30}"#, [8, 8, 9]),
        ] as [(String?, [Int32])])
    func `the configuration is followed`(_ configuration: String?, _ expected: [Int32]) throws {
        #expect(try ids(configuration: configuration) == [2] + expected + [3])
    }

    @Test(arguments: [
        #"{"do_lower_case": "yes"}"#, #"{"model_max_length": 2}"#, #"{"model_max_length": -1}"#,
        #"{"strip_accents": 0}"#, "{", "",
    ])
    func `a faulty configuration is refused`(_ configuration: String) {
        let error = #expect(throws: OfframpError.self) { try ids(configuration: configuration) }
        #expect(error?.kind == .data)
    }

    @Test(arguments: [("BertTokenizer", 3), ("MPNetTokenizer", 4)])
    func `the least length has room for the special tokens of the class`(
        name: String, least: Int
    ) throws {
        _ = folder.file("vocab.txt", "[UNK]\n[CLS]\n[SEP]\n<s>\n</s>\n")
        func tokenizer(_ length: Int) throws -> Tokenizer {
            let settings = #"{"tokenizer_class": "\#(name)", "model_max_length": \#(length)}"#
            _ = folder.file("tokenizer_config.json", settings)
            return try Tokenizer(folder: folder.path)
        }
        let shortest = try tokenizer(least)
        #expect(shortest.minimumLength == least && shortest.maximumLength == least)
        let error = failure { try tokenizer(least - 1) }
        #expect(error?.kind == .data)
        #expect(error?.place == folder("tokenizer_config.json: model_max_length"))
        #expect(error?.expected == "a length of at least \(least)")
    }

    @Test func `a folder without vocabulary is an error`() {
        let error = #expect(throws: OfframpError.self) { try Tokenizer(folder: folder.path) }
        #expect(error?.kind == .noInput)
    }
}
