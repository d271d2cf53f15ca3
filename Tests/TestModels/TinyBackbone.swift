import OfframpEngine
import OfframpFiles
import TestFiles

/// The encoder of two layers, width 32, that Scripts/make-encoder-fixtures.py saves, as Hugging Face has it: with a
/// vocabulary and without a classifier.
package enum TinyBackbone {
    /// The words that have an id; the encoder knows 50.
    package static let words = [
        "good", "bad", "film", "very", "not", "a", "the", "plot", "fine", "dull",
    ]

    /// Writes its files into a new folder.
    package static func write(to path: String) throws {
        try CheckpointFolder(path).create()
        for name in ["config.json", "model.safetensors"] {
            var copy = try OutputFile(path: "\(path)/\(name)", overwriting: false)
            let original = try MappedFile(path: Fixture.path("encoder/tiny/\(name)"))
            try original.withBytes { try copy.write($0) }
            try copy.commit()
        }
        let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words
        let unused = (special.count..<50).map { "[unused\($0)]" }
        var vocabulary = try OutputFile(path: "\(path)/vocab.txt", overwriting: false)
        try vocabulary.write((special + unused).joined(separator: "\n"))
        try vocabulary.commit()
    }
}
