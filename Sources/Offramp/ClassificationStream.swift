extension Classifier {
    /// Classifies texts as they come, in their order, with bounded memory.
    ///
    /// ```swift
    /// for try await answer in classifier.classifications(of: lines) { print(answer.label) }
    /// ```
    ///
    /// - Parameters:
    ///   - texts: read only as fast as the answers are taken.
    ///   - chunk: how many texts are read before they are classified together. Large chunks keep all
    ///     threads busy; 1 answers each text before the next is read.
    public func classifications<Texts: AsyncSequence>(
        of texts: Texts, chunk: Int = 1024
    ) -> ClassificationStream<Texts> where Texts.Element == String {
        ClassificationStream(texts, chunk: chunk) { try classify($0) }
    }
}

extension ClassifierCascade {
    /// Classifies texts as they come, in their order, with bounded memory, as `Classifier` does.
    ///
    /// - Parameters:
    ///   - texts: read only as fast as the answers are taken.
    ///   - chunk: how many texts are read before they are classified together.
    public func classifications<Texts: AsyncSequence>(
        of texts: Texts, chunk: Int = 1024
    ) -> ClassificationStream<Texts> where Texts.Element == String {
        ClassificationStream(texts, chunk: chunk) { try classify($0) }
    }
}

/// The answers to a stream of texts. You get one from `Classifier.classifications(of:chunk:)`, or from that
/// of a `ClassifierCascade`.
public struct ClassificationStream<Texts: AsyncSequence>: AsyncSequence
where Texts.Element == String {
    typealias Classify = @Sendable ([String]) throws -> [Classification]

    let texts: Texts
    let chunk: Int
    let classify: Classify

    init(_ texts: Texts, chunk: Int, _ classify: @escaping Classify) {
        precondition(chunk > 0, "a chunk has a text")
        (self.texts, self.chunk, self.classify) = (texts, chunk, classify)
    }

    /// Starts reading.
    public func makeAsyncIterator() -> Iterator {
        Iterator(texts.makeAsyncIterator(), chunk: chunk, classify)
    }

    /// Reads a chunk of texts whenever the answers to the last one are used up.
    public struct Iterator: AsyncIteratorProtocol {
        var texts: Texts.AsyncIterator
        let chunk: Int
        let classify: Classify
        private var answers: ArraySlice<Classification> = []

        init(_ texts: Texts.AsyncIterator, chunk: Int, _ classify: @escaping Classify) {
            (self.texts, self.chunk, self.classify) = (texts, chunk, classify)
        }

        /// The answer to the next text.
        ///
        /// - Throws: what the texts throw, and `CancellationError` between two chunks.
        public mutating func next() async throws -> Classification? {
            if answers.isEmpty {
                try Task.checkCancellation()
                var read: [String] = []
                while read.count < chunk, let text = try await texts.next() { read.append(text) }
                answers = try classify(read)[...]
            }
            return answers.popFirst()
        }
    }
}

extension ClassificationStream: Sendable where Texts: Sendable {}
