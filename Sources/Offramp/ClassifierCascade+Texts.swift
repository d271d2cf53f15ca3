import OfframpExit
import OfframpTokenizer

extension ClassifierCascade {
    /// Classifies a text, on all threads together.
    ///
    /// - Throws: `OfframpError` (`data`) for a pair where one of the models reads single texts only.
    public func classify(_ text: String) throws -> Classification { try classify(TextInput(text)) }

    /// Classifies one input, a pair of texts for example.
    ///
    /// - Throws: `OfframpError` (`data`), as above.
    public func classify(_ input: TextInput) throws -> Classification { try classify([input])[0] }

    /// Classifies many texts.
    ///
    /// - Returns: an answer for each text, in their order.
    /// - Throws: `OfframpError` (`data`), as above.
    public func classify(_ texts: [String]) throws -> [Classification] {
        try classify(texts.map { TextInput($0) })
    }

    /// Classifies many inputs: all by the first classifier, those that it is not sure of by the next one, and so
    /// on, each time in batches of similar length on all threads.
    ///
    /// - Returns: an answer for each input, in their order.
    /// - Throws: `OfframpError` (`data`), as above, whichever of the models would have answered.
    public func classify(_ inputs: [TextInput]) throws -> [Classification] {
        // The first one sees all of them anyway.
        for classifier in classifiers.dropFirst() {
            try classifier.model.reader.check(inputs, long: classifier.longTexts)
        }
        var answers = [Classification?](repeating: nil, count: inputs.count)
        var waiting = Array(inputs.indices)
        for (model, classifier) in classifiers.enumerated() where !waiting.isEmpty {
            let found = try classifier.classify(waiting.map { inputs[$0] })
            let isLast = model == classifiers.count - 1
            for (text, answer) in zip(waiting, found) where isLast || answer.isKept(by: rule) {
                answers[text] = answer.given(by: model, labels: labelIndices[model])
            }
            waiting.removeAll { answers[$0] != nil }
        }
        return answers.compactMap(\.self)
    }
}
