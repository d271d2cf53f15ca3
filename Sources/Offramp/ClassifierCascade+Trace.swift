import OfframpEngine
import OfframpExit
import OfframpTokenizer

extension ClassifierCascade {
    /// What every classifier answers to texts alone, and what that costs.
    ///
    /// - Throws: `OfframpError` (`data`), as `Classifier.classify`.
    package func trace(_ inputs: [TextInput]) throws -> CascadeTrace {
        var whole = 0.0
        let models = try zip(classifiers, labelIndices).map { classifier, indices in
            let engine = classifier.model.engine
            let texts = try classifier.model.encode(inputs)
            let answers = engine.answers(texts, policy: classifier.policy)
            let cost = engine.model.cost
            // The last one's is the largest model's.
            whole = texts.reduce(0) { $0 + cost.full(tokens: $1.ids.count) }
            return CascadeTrace.Model(
                answers: answers.map { $0.answering($0.prediction.reordered(indices)) },
                spent: engine.spent(texts, answers))
        }
        return CascadeTrace(models: models, whole: whole)
    }
}
