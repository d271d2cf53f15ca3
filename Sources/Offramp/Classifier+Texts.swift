import OfframpEngine
import OfframpExit
import OfframpTokenizer

extension Classifier {
    /// Classifies a text, on all threads together.
    ///
    /// - Throws: `OfframpError` (`data`) for a pair where the model reads single texts only.
    public func classify(_ text: String) throws -> Classification { try classify(TextInput(text)) }

    /// Classifies one input, a pair of texts for example.
    ///
    /// - Throws: `OfframpError` (`data`), as above.
    public func classify(_ input: TextInput) throws -> Classification { try classify([input])[0] }

    /// Classifies many texts, in batches of similar length on all threads.
    ///
    /// - Returns: an answer for each text, in their order.
    /// - Throws: `OfframpError` (`data`), as above.
    public func classify(_ texts: [String]) throws -> [Classification] {
        try classify(texts.map { TextInput($0) })
    }

    /// Classifies many inputs, in batches of similar length on all threads.
    ///
    /// - Returns: an answer for each input, in their order.
    /// - Throws: `OfframpError` (`data`), as above.
    public func classify(_ inputs: [TextInput]) throws -> [Classification] {
        let texts = try model.parts(inputs, long: longTexts)
        var answers = model.engine.answers(texts.flatMap(\.self), policy: policy)[...]
        return texts.map { parts in
            let answer = answers.prefix(parts.count).whole(model.task)
            answers = answers.dropFirst(parts.count)
            return Classification(answer, model.task, isTruncated: parts[0].isTruncated)
        }
    }

    /// Classifies a text and explains what every exit thought of it, including the exits after the
    /// one where it left. All layers run.
    ///
    /// - Throws: `OfframpError` (`data`), as above.
    public func explain(_ text: String) throws -> Explanation { try explain([TextInput(text)])[0] }

    /// Classifies inputs and explains what every exit thought of each. All layers run.
    ///
    /// - Throws: `OfframpError`: `data`, as above; `usage` where long texts are read in windows, each of which
    ///   leaves by itself.
    public func explain(_ inputs: [TextInput]) throws -> [Explanation] {
        try longTexts.refuseWindows(at: "explain")
        let texts = try model.parts(inputs, long: longTexts).map { $0[0] }
        let trace = model.engine.trace(texts)
        return texts.indices.map { text in
            let (answer, thoughts) = trace.explain(policy, text: text)
            let isTruncated = texts[text].isTruncated
            return Explanation(
                classification: Classification(
                    answer, model.task, isTruncated: isTruncated),
                exits: thoughts.map {
                    ExitExplanation($0, model.task, isTruncated: isTruncated)
                })
        }
    }
}

extension ArraySlice<Answer> {
    /// The answer to a text from those to its parts: their mean, as deep as the deepest.
    fileprivate func whole(_ task: ModelTask) -> Answer {
        guard count > 1, let deepest = self.max(by: { $0.depth < $1.depth }) else {
            return self[startIndex]
        }
        return deepest.answering(task.rules.mean(map(\.prediction)))
    }
}
