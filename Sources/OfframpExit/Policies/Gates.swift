/// Leaves when a small logistic model of the exit says that going on is not worth its price.
///
/// Adaptive early exits of Bolukbasi et al. (2017): gates are fitted backwards from the last exit, each
/// to the loss and compute of the gates behind it. What a gate looks at is that of JEI-DNN (Regol et
/// al., 2024).
package struct Gates: ExitPolicy {
    /// What the full depth may cost, in wrong answers per text: at 0.02 a text goes through all layers
    /// only where this makes it right with a probability of at least 2 %.
    package let price: Float
    /// The logistic model of each inner exit, `[inner exits, features + 1]`; the last is the bias.
    package let weights: [Float]

    /// Leaves when the models say so.
    package init(_ price: Float, weights: [Float]) {
        self.price = price
        self.weights = weights
    }

    package var name: String { "gates:\(numberText(price))" }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> ExitDecision {
        .leave(exit, if: !exit.place.isLast && score(exit) >= 0)
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        exit.place.isLast ? nil : reasonText("gate", score(exit), "from 0")
    }

    private func score(_ exit: ExitObservation) -> Float {
        let own = weights[
            exit.place.index * Self.weightCount..<(exit.place.index + 1) * Self.weightCount]
        return zip(own, Self.features(of: exit) + [1]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// What a gate looks at: the largest probability, its lead over the second, the entropy and the
    /// entropy of the squared probabilities, both as shares of the largest there is.
    package static func features(of exit: ExitObservation) -> [Float] {
        [
            exit.probabilities.max() ?? .nan, lead(exit.probabilities),
            exit.normalizedEntropy(power: 1), exit.normalizedEntropy(power: 2),
        ]
    }

    /// Of a gate: one for each thing it looks at, and the bias.
    static let weightCount = 5
}

extension PolicyKind {
    package static let gates = PolicyKind(
        name: "gates", syntax: "gates:C",
        summary:
            "the exit's own gate finds that going on is not worth C wrong answers per full depth",
        paper: "Bolukbasi et al. 2017; Regol et al. 2024 (JEI-DNN)",
        lacks: learnedNumbers("gates"),
        sweep: { try prices($0.context).options.map(numberText) },
        build: {
            let (price, numbers) = try $0.row(of: prices($0.context))
            return Gates(price, weights: numbers)
        })

    private static func prices(_ context: PolicyContext) throws -> LearnedTable {
        try context.table("gates", numbersPerExit: Gates.weightCount)
    }
}
