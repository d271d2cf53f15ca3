/// Leaves when a small logistic model of the exit says that going on is not worth its price.
///
/// Adaptive early exits of Bolukbasi et al. (2017): gates are fitted backwards from the last exit, each
/// to the loss and compute of the gates behind it. What a gate looks at is that of JEI-DNN (Regol et
/// al., 2024).
package struct Gates: ExitPolicy {
    /// What the full depth may cost, in wrong answers per text: at 0.02 a text goes through all layers
    /// only where this makes it right with a probability of at least 2 %.
    package let price: Float
    private let models: ExitModels

    /// Leaves when the logistic model of an exit says so, `[inner exits, inputs]`.
    package init(_ price: Float, weights: [Float]) {
        self.price = price
        models = ExitModels(weights: weights)
    }

    package var name: String { "gates:\(numberText(price))" }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        !exit.place.isLast && score(exit) >= 0
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        exit.place.isLast ? nil : reasonText("gate", score(exit), "from 0")
    }

    private func score(_ exit: ExitObservation) -> Float {
        models.value(ofExit: exit.place.index, ExitModels.inputs(of: exit))
    }
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
        try context.table("gates", numbersPerExit: ExitModels.inputCount)
    }
}
