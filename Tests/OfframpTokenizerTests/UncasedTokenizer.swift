import OfframpTokenizer
import TestFiles

extension Vocabulary {
    /// The vocabulary that the project ships.
    static let uncased = Result {
        try Vocabulary(file: Repository.path("vocab/bert-base-uncased.txt"))
    }
}

extension Tokenizer {
    /// An uncased BERT tokenizer with the vocabulary that the project ships.
    static func uncased(maximumLength: Int = 512) throws -> Tokenizer {
        Tokenizer(
            vocabulary: try Vocabulary.uncased.get(), lowercases: true,
            maximumLength: maximumLength)
    }

    /// Encodes bytes that need not be UTF-8.
    func encode(_ bytes: [UInt8], tracksRanges: Bool = false) -> Encoding {
        bytes.withUnsafeBufferPointer { encode($0, tracksRanges: tracksRanges) }
    }
}
