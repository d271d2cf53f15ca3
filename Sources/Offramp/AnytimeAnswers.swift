import OfframpEngine
import OfframpExit
import OfframpTokenizer

/// Ever better answers to one text, one from each exit that it passes. You get one from
/// `Classifier.answers(to:)`.
public struct AnytimeAnswers: AsyncSequence, Sendable {
    let classifier: Classifier
    let input: TextInput
    let isMonotone: Bool

    /// Starts at the beginning.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// Runs the layers up to the next exit whenever the next answer is wanted.
    public struct Iterator: AsyncIteratorProtocol {
        private let answers: AnytimeAnswers
        private var run: AnytimeText?

        init(_ answers: AnytimeAnswers) { self.answers = answers }

        /// The next answer; `nil` where the policy has let the text leave.
        ///
        /// - Throws: `OfframpError`, as `Classifier.classify`; `CancellationError`, before any further
        ///   layer runs.
        public mutating func next() async throws -> Classification? {
            var run =
                try run
                ?? AnytimeText(answers.classifier, answers.input, isMonotone: answers.isMonotone)
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
    /// The last answer is the one that `classify` gives, unless answers are monotone.
    ///
    /// - Parameters:
    ///   - input: the text, or the pair of texts.
    ///   - isMonotone: whether confidence may never fall from one answer to the next. Each answer is then that of
    ///     the product of the exits so far, or of an earlier product that was surer; the policy still says
    ///     when the text leaves (Jazbec et al., 2023). Only where answers are labels.
    public func answers(to input: TextInput, isMonotone: Bool = false) -> AnytimeAnswers {
        AnytimeAnswers(classifier: self, input: input, isMonotone: isMonotone)
    }

    /// Ever better answers to a text, as above.
    public func answers(to text: String, isMonotone: Bool = false) -> AnytimeAnswers {
        answers(to: TextInput(text), isMonotone: isMonotone)
    }

    /// The best answer that there is when the time is up, or what `classify` gives where it comes sooner.
    ///
    /// The clock is looked at before each layer and within it, so that the time is exceeded by less than a layer
    /// takes. There always is an answer: that of the first exit.
    ///
    /// - Parameters:
    ///   - input: the text, or the pair of texts.
    ///   - time: from now on.
    ///   - isMonotone: whether a longer time may never give a less sure answer; see `answers(to:)`.
    /// - Throws: `OfframpError`, as `classify`; `usage` where long texts are read in windows.
    public func classify(
        _ input: TextInput, within time: Duration, isMonotone: Bool = false
    ) throws -> Classification {
        let deadline = ContinuousClock.now + time
        var run = try AnytimeText(self, input, isMonotone: isMonotone)
        var best: Classification?
        while let answer = run.next(unless: { best != nil && ContinuousClock.now >= deadline }) {
            best = answer
        }
        guard let best else { preconditionFailure("the first exit answers") }
        return best
    }

    /// The best answer when the time is up, as above.
    public func classify(
        _ text: String, within time: Duration, isMonotone: Bool = false
    ) throws -> Classification {
        try classify(TextInput(text), within: time, isMonotone: isMonotone)
    }
}
