import ArgumentParser
import OfframpData
import OfframpFiles
import OfframpTokenizer

/// Shows the pieces of texts, or their ids.
struct Tokenize: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the WordPiece pieces of texts, or their ids.",
        discussion: """
            Texts are arguments, or else the lines of standard input; each gives one line of pieces \
            separated by blanks. An empty line gives the special tokens alone.
            """)

    @Argument(help: "The texts (default: the lines of standard input).")
    var texts: [String] = []

    @Option(help: "The second text of a pair; goes with one text.")
    var pair: String?

    @Flag(help: "Write ids instead of pieces.")
    var ids = false

    @OptionGroup var tokenizerOptions: TokenizerOptions

    func validate() throws {
        if pair != nil, texts.count != 1 { throw ValidationError("--pair goes with one text.") }
    }

    func run() throws {
        let tokenizer = try tokenizerOptions.tokenizer()
        var output = PieceWriter(
            output: try OutputFile(path: "-", overwriting: false), pieces: ids ? nil : tokenizer)
        if texts.isEmpty { return try writeLines(tokenizer, to: output) }
        for text in texts {
            let encoding = tokenizer.encode(
                text, pair: pair, maximumLength: tokenizerOptions.maxLength)
            try output.write(encoding)
        }
        try output.finish()
    }

    /// Bytes go straight to the tokenizer: a line need not be valid UTF-8.
    private func writeLines(_ tokenizer: Tokenizer, to output: consuming PieceWriter) throws {
        var output = output
        var lines = try LineReader(path: "-")
        while let line = try lines.next() {
            guard !line.isTooLong else {
                throw OfframpError(
                    .data, at: "\(lines.name):\(line.number)",
                    found: "a line of more than \(Line.maximumBytes) bytes",
                    expected: "a shorter one")
            }
            let encoding = line.bytes.withUnsafeBufferPointer {
                tokenizer.encode($0, maximumLength: tokenizerOptions.maxLength)
            }
            try output.write(encoding)
            if !lines.hasBufferedLine { try output.flush() }
        }
        try output.finish()
    }
}
