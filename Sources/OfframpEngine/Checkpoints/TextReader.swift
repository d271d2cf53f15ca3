import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// What turns texts into word pieces, on all workers.
package struct TextReader: Sendable {
    /// The tokenizer of the checkpoint.
    package let tokenizer: Tokenizer
    private let checkpoint: Checkpoint
    private let workers: Workers

    /// How many texts a worker tokenises at a time.
    private static let textsPerPiece = 128

    /// Reads the tokenizer of a checkpoint.
    ///
    /// - Throws: `OfframpError`.
    package init(_ checkpoint: Checkpoint, workers: Workers) throws {
        tokenizer = try checkpoint.tokenizer()
        (self.checkpoint, self.workers) = (checkpoint, workers)
    }

    /// Tokenises texts, in order.
    ///
    /// - Throws: `OfframpError` (`data`) for a pair where the model knows one segment only.
    package func encode(_ texts: [TextInput]) throws -> [Encoding] {
        try onAllWorkers(texts) { tokenizer.encode($0) }
    }

    /// Tokenises texts, in order, each in as many parts as it takes to read it.
    ///
    /// - Throws: `OfframpError` (`data`), as `encode` does, and where long texts are refused.
    package func parts(_ texts: [TextInput], long: LongTexts) throws -> [[Encoding]] {
        let parts = try onAllWorkers(texts) { tokenizer.parts($0, long: long) }
        if long == .refuse, let text = parts.firstIndex(where: { $0[0].isTruncated }) {
            let error = tooLong(texts[text])
            throw texts.count == 1 ? error : error.at("text \(text + 1)")
        }
        return parts
    }

    /// Refuses what `parts` refuses, and reads the texts only where that takes it.
    ///
    /// - Throws: `OfframpError` (`data`), as `parts` does.
    package func check(_ texts: [TextInput], long: LongTexts) throws {
        try checkpoint.checkSegments(for: texts.lazy.map(\.pair))
        if long == .refuse { _ = try parts(texts, long: long) }
    }

    /// What is wrong with a text that is longer than the limit.
    package func tooLong(_ text: TextInput) -> OfframpError {
        let tokens = tokenizer.encode(text, maximumLength: .max).ids.count
        return OfframpError(
            .data, at: "text", found: "\(tokens) tokens",
            expected: "at most \(tokenizer.maximumLength)")
    }

    private func onAllWorkers<Result: Sendable>(
        _ texts: [TextInput], _ encode: @escaping @Sendable (TextInput) -> Result
    ) throws -> [Result] {
        try checkpoint.checkSegments(for: texts.lazy.map(\.pair))
        let starts = Array(stride(from: 0, to: texts.count, by: Self.textsPerPiece))
        return workers.map(starts.count) { piece in
            texts[starts[piece]..<min(starts[piece] + Self.textsPerPiece, texts.count)].map(encode)
        }.flatMap(\.self)
    }
}
