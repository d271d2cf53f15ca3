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
        let texts = try model.encode(inputs)
        return zip(texts, model.engine.answers(texts, policy: policy)).map { text, answer in
            Classification(answer, model.task, isTruncated: text.isTruncated)
        }
    }

    /// Classifies a text and says what every exit thought of it, including those behind the one
    /// where it left. All layers run.
    ///
    /// - Throws: `OfframpError` (`data`), as above.
    public func explain(_ text: String) throws -> Explanation { try explain([TextInput(text)])[0] }

    /// Classifies inputs and says what every exit thought of each. All layers run.
    ///
    /// - Throws: `OfframpError` (`data`), as above.
    public func explain(_ inputs: [TextInput]) throws -> [Explanation] {
        let texts = try model.encode(inputs)
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
