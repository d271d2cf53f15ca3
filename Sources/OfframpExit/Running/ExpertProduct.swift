/// What the exits of one text say together, surer from exit to exit: the product of their probabilities.
///
/// p ∝ p_1^w_1 ⋯ p_i^w_i with w_i = i / M, where i of M exits have spoken. A label that no exit doubts gains with
/// every factor; the weights keep shallow exits from deciding alone. Products of experts for anytime answers are from
/// Jazbec et al. (2023), who multiply rectified logits; probabilities stay meaningful with two labels too. Where a
/// product is less sure than one before, the surest stays, so that confidence never falls.
package struct ExpertProduct: Sendable {
    /// The weighted sums of the logits: those of the product, `[outputs]`.
    private var logits: [Float] = []
    private var surest: Prediction?
    private let exits: Int

    /// No exit has spoken yet, of so many.
    package init(exits: Int) { self.exits = exits }

    /// The answer, once an exit has spoken too. One whose logits are NaN adds nothing.
    ///
    /// - Parameter exit: of a task with labels; a number is as sure as any other.
    package mutating func answer(with exit: ExitObservation) -> Prediction {
        precondition(exit.task.rules.hasLabels, "only labels can be ever surer")
        guard exit.label != nil else { return surest ?? exit.prediction }
        multiply(by: exit)
        let product = ExitOutput(
            place: exit.place, task: exit.task, outputCount: logits.count, logits: logits
        ).observation(0).prediction
        if let surest, surest.score > product.score { return surest }
        surest = product
        return product
    }

    private mutating func multiply(by exit: ExitObservation) {
        if logits.isEmpty { logits = exit.logits.map { _ in 0 } }
        let weight = Float(exit.place.index + 1) / Float(exits) / exit.temperature
        for (index, logit) in exit.logits.enumerated() { logits[index] += weight * logit }
    }
}
