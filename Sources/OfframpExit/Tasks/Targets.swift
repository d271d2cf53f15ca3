import OfframpTensor

/// What a batch of texts is to be learned as: the right answers, or softer ones in their place.
package struct Targets: Sendable {
    /// The right answers.
    package let gold: Gold
    /// What is learned instead, `[texts, outputs]`: distributions over the labels, or numbers.
    package let softened: Tensor?

    /// Pairs right answers with softer ones.
    package init(_ gold: Gold, softened: Tensor? = nil) {
        precondition(softened.map { $0.rows == gold.count } ?? true, "a target for each text")
        self.gold = gold
        self.softened = softened
    }

    /// The number of texts.
    package var count: Int { gold.count }

    /// The rules of the task.
    package var rules: any TaskRules.Type { gold.task.rules }

    /// The targets of some of the texts.
    package func gathering(_ texts: [Int]) -> Targets {
        Targets(
            gold.gathered(texts), softened: softened?.gathering(rows: texts.map(Int32.init)))
    }

    /// One exit's own loss: a scalar, the mean over the texts.
    ///
    /// - Parameter logits: `[texts, outputs]`.
    package func loss(_ logits: Tensor) -> Tensor { losses(logits).mean() }

    /// One exit's own losses, `[texts, 1]`.
    ///
    /// - Parameter logits: `[texts, outputs]`.
    package func losses(_ logits: Tensor) -> Tensor { rules.losses(logits, self) }

    /// How wrong one exit's answers are, 0 for right ones and at most 1, `[texts]`.
    package func misses(of logits: Tensor) -> [Float] { rules.misses(logits, gold) }

    /// How far logits are from a teacher's, whose gradient is stopped; see `TaskRules.distance`.
    package func distance(_ logits: Tensor, from teacher: Tensor, temperature: Float) -> Tensor {
        rules.distance(logits, from: teacher, temperature: temperature)
    }
}
