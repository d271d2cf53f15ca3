import ArgumentParser
import OfframpEngine
import OfframpFiles
import OfframpTokenizer

/// Which tokenizer, and how long an encoding may get.
struct TokenizerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The checkpoint folder (default: the shipped one).", valueName: "dir"))
    var checkpoint: String?

    @Option(
        help: ArgumentHelp(
            "A vocab.txt to use without a checkpoint; no limit of length.", valueName: "file"))
    var vocab: String?

    @Flag(help: "With --vocab: keep upper case and accents.")
    var cased = false

    @Option(
        help: "The most ids per line, special tokens included (default: the model's).",
        transform: WholeNumber.atLeast(Tokenizer.minimumLength))
    var maxLength: Int?

    func validate() throws {
        if cased, vocab == nil { throw ValidationError("--cased goes with --vocab.") }
        if vocab != nil, checkpoint != nil {
            throw ValidationError("Either --vocab or --checkpoint, not both.")
        }
    }

    /// The tokenizer that was asked for.
    ///
    /// - Throws: `OfframpError`: as its files say, or `usage` for a length without room for its special tokens.
    func tokenizer() throws -> Tokenizer {
        let tokenizer = try opened()
        if let maxLength, maxLength < tokenizer.minimumLength {
            throw OfframpError(
                .usage, at: "--max-length", found: "\(maxLength)",
                expected: "at least \(tokenizer.minimumLength), for the special tokens")
        }
        return tokenizer
    }

    private func opened() throws -> Tokenizer {
        guard let vocab else {
            return try Checkpoint(CheckpointFinder.folder(checkpoint)).tokenizer()
        }
        return try Tokenizer(vocabularyFile: vocab, lowercases: !cased, maximumLength: .max)
    }
}
