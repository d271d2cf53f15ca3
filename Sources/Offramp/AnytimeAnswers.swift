import OfframpEngine
import OfframpExit
import OfframpTokenizer

/// Ever better answers to one text, one from each exit that it passes. You get one from
/// `Classifier.answers(to:)`.
public struct AnytimeAnswers: AsyncSequence, Sendable {
    let classifier: Classifier
    let input: TextInput

    /// Starts at the beginning.
    public func makeAsyncIterator() -> Iterator { Iterator(classifier: classifier, input: input) }

    /// Runs the layers up to the next exit whenever the next answer is wanted.
    public struct Iterator: AsyncIteratorProtocol {
        let classifier: Classifier
        let input: TextInput
        private var run: AnytimeText?

        init(classifier: Classifier, input: TextInput) {
            (self.classifier, self.input) = (classifier, input)
        }

        /// The next answer; `nil` where the policy has let the text leave.
        ///
        /// - Throws: `OfframpError`, as `Classifier.classify`; `CancellationError`, before any further
        ///   layer runs.
        public mutating func next() async throws -> Classification? {
            var run = try run ?? AnytimeText(classifier, input)
            let answer = run.next { Task.isCancelled }
            self.run = run
            try Task.checkCancellation()
            return answer
        }
    }
}

extension Classifier {
    /// Ever better answers to a text. The layers between two answers run when the next one is asked for,
    /// so who has heard enough just stops.
    ///
    /// ```swift
    /// for try await answer in classifier.answers(to: "a truly wonderful film") {
    ///     print(answer.depth, answer.label, answer.probability)
    /// }
    /// ```
    ///
    /// The last answer is the one that `classify` gives.
    public func answers(to input: TextInput) -> AnytimeAnswers {
        AnytimeAnswers(classifier: self, input: input)
    }

    /// Ever better answers to a text, as above.
    public func answers(to text: String) -> AnytimeAnswers { answers(to: TextInput(text)) }

    /// The best answer that there is when the time is up, or what `classify` gives where it comes sooner.
    ///
    /// The clock is looked at before each layer, so that the time is exceeded by less than a layer takes. There
    /// always is an answer: that of the first exit.
    ///
    /// - Throws: `OfframpError`, as `classify`; `usage` where long texts are read in windows.
    public func classify(_ input: TextInput, within time: Duration) throws -> Classification {
        let deadline = ContinuousClock.now + time
        var run = try AnytimeText(self, input)
        var best: Classification?
        while let answer = run.next(unless: { best != nil && ContinuousClock.now >= deadline }) {
            best = answer
        }
        guard let best else { preconditionFailure("the first exit answers") }
        return best
    }

    /// The best answer when the time is up, as above.
    public func classify(_ text: String, within time: Duration) throws -> Classification {
        try classify(TextInput(text), within: time)
    }
}
