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
        precondition(chunk > 0, "a chunk has a text")
        return ClassificationStream(classifier: self, texts: texts, chunk: chunk)
    }
}

/// The answers to a stream of texts. You get one from `Classifier.classifications(of:chunk:)`.
public struct ClassificationStream<Texts: AsyncSequence>: AsyncSequence
where Texts.Element == String {
    let classifier: Classifier
    let texts: Texts
    let chunk: Int

    /// Starts reading.
    public func makeAsyncIterator() -> Iterator {
        Iterator(classifier: classifier, texts: texts.makeAsyncIterator(), chunk: chunk)
    }

    /// Reads a chunk of texts whenever the answers to the last one are used up.
    public struct Iterator: AsyncIteratorProtocol {
        let classifier: Classifier
        var texts: Texts.AsyncIterator
        let chunk: Int
        private var answers: ArraySlice<Classification> = []

        init(classifier: Classifier, texts: Texts.AsyncIterator, chunk: Int) {
            (self.classifier, self.texts, self.chunk) = (classifier, texts, chunk)
        }

        /// The answer to the next text.
        ///
        /// - Throws: what the texts throw, and `CancellationError` between two chunks.
        public mutating func next() async throws -> Classification? {
            if answers.isEmpty {
                try Task.checkCancellation()
                var read: [String] = []
                while read.count < chunk, let text = try await texts.next() { read.append(text) }
                answers = try classifier.classify(read)[...]
            }
            return answers.popFirst()
        }
    }
}

extension ClassificationStream: Sendable where Texts: Sendable {}
