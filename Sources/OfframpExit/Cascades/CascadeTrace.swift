/// What every model of a cascade answers to the same texts, each alone and under its own policy: from this the
/// cascade is replayed under any rule, and a test holds the replay against the run.
package struct CascadeTrace: Sendable {
    /// What one of the models does alone.
    package struct Model: Sendable {
        /// Its answers, `[texts]`, with the labels in the order of the cascade's.
        package let answers: [Answer]
        /// The multiply-adds that each of them took, `[texts]`, its heads included.
        package let spent: [Double]

        /// Pairs answers with what they cost.
        package init(answers: [Answer], spent: [Double]) {
            precondition(answers.count == spent.count, "a cost for each answer")
            (self.answers, self.spent) = (answers, spent)
        }
    }

    /// From small to large.
    package let models: [Model]
    /// The multiply-adds of the largest model run whole on all texts.
    package let whole: Double

    /// Gathers what the models answer to the same texts in the same order.
    package init(models: [Model], whole: Double) {
        precondition(!models.isEmpty, "a cascade has a model")
        precondition(models.allSatisfy { $0.spent.count == models[0].spent.count }, "same texts")
        (self.models, self.whole) = (models, whole)
    }

    /// How many texts there are.
    package var textCount: Int { models[0].spent.count }

    /// What the cascade answers under a rule.
    package func replay(_ rule: CascadeRule) -> CascadeOutcome {
        let answering = (0..<textCount).map { text in
            models.firstIndex { rule.keeps($0.answers[text].prediction) } ?? models.count - 1
        }
        let spent = answering.enumerated().reduce(0) { sum, text in
            models[...text.element].reduce(sum) { $0 + $1.spent[text.offset] }
        }
        return outcome(answering, spent: spent)
    }

    /// What one of the models answers without the others.
    package func alone(_ model: Int) -> CascadeOutcome {
        outcome(
            Array(repeating: model, count: textCount), spent: models[model].spent.reduce(0, +))
    }

    private func outcome(_ answering: [Int], spent: Double) -> CascadeOutcome {
        CascadeOutcome(
            answering: answering,
            answers: answering.enumerated().map { models[$1].answers[$0] },
            relativeCompute: spent / whole)
    }
}

/// Which models answered some texts, what they said, and what it cost.
package struct CascadeOutcome: Sendable {
    /// The model that answered each text, counted from 0 for the smallest, `[texts]`.
    package let answering: [Int]
    /// The answers, `[texts]`.
    package let answers: [Answer]
    /// The multiply-adds of all models that saw a text, relative to the largest model run whole on all texts.
    package let relativeCompute: Double

    /// The share of the texts that the smallest model did not answer.
    package var handedOn: Double { 1 - share(of: 0) }

    /// The share of the texts that a model answered.
    package func share(of model: Int) -> Double {
        Double(answering.count { $0 == model }) / Double(max(answering.count, 1))
    }
}
