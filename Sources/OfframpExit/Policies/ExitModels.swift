/// A linear model for each inner exit, of what an exit says about a text (JEI-DNN, Regol et al. 2024).
package struct ExitModels: Sendable {
    /// `[inner exits, inputs]`; the last input is always 1.
    private let weights: [Float]

    /// Of each model.
    package static let inputCount = 5

    init(weights: [Float]) {
        precondition(weights.count.isMultiple(of: Self.inputCount), "weights of whole models")
        self.weights = weights
    }

    /// What the models look at: the largest probability, its lead over the second, the entropy and the entropy of the
    /// squared probabilities, both as shares of the largest there is, and 1.
    package static func inputs(of exit: ExitObservation) -> [Float] {
        [
            exit.probabilities.max() ?? .nan, lead(exit.probabilities),
            exit.normalizedEntropy(power: 1), exit.normalizedEntropy(power: 2), 1,
        ]
    }

    /// What the model of an inner exit says.
    func value(ofExit exit: Int, _ inputs: [Float]) -> Float {
        let own = weights[exit * Self.inputCount..<(exit + 1) * Self.inputCount]
        return zip(own, inputs).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
