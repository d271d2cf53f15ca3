import OfframpFiles
import OfframpTokenizer

/// The committed files that the tests read.
enum Fixture {
    /// The vocabulary that the project ships.
    static let uncased = Result { try Vocabulary(file: root + "vocab/bert-base-uncased.txt") }

    /// The rows of a file of `Tests/Fixtures/tokenizer`, which
    /// `Scripts/make-tokenizer-fixtures.py` wrote.
    static func rows(_ name: String) throws -> [JSON] {
        try JSON(file: root + "Tests/Fixtures/tokenizer/" + name).elements ?? []
    }

    private static let root = String(
        #filePath.dropLast("Tests/OfframpTokenizerTests/Fixture.swift".count))
}

extension Tokenizer {
    /// An uncased BERT tokenizer with the vocabulary that the project ships.
    static func uncased(maximumLength: Int = 512) throws -> Tokenizer {
        Tokenizer(
            vocabulary: try Fixture.uncased.get(), lowercases: true, maximumLength: maximumLength)
    }

    /// Encodes bytes that need not be UTF-8.
    func encode(_ bytes: [UInt8], tracksRanges: Bool = false) -> Encoding {
        bytes.withUnsafeBufferPointer { encode($0, tracksRanges: tracksRanges) }
    }
}
