import OfframpFiles

/// Chooses each text's depth at the first exit: the one where the wrong answers to be expected and the price of
/// the layers are least together.
///
/// Depth-adaptive transformers (Elbayad et al., 2020) predict the depth once for a whole sequence. Theirs learn the
/// depth of an oracle; here a linear model of every inner exit tells how many more wrong answers it gives than the
/// last one, and serves every price.
package struct PredictedDepth: ExitPolicy {
    /// What the full depth may cost, in wrong answers per text.
    package let price: Float
    /// Of all exits, in layers.
    package let depths: [Int]
    private let models: ExitModels

    /// Leaves where the models of the inner exits say so, `[inner exits, inputs]`.
    package init(_ price: Float, weights: [Float], depths: [Int]) {
        self.price = price
        models = ExitModels(weights: weights)
        self.depths = depths
    }

    package var name: String { "predicted:\(numberText(price))" }

    /// No exit has been chosen yet.
    package func begin() -> Int? { nil }

    /// The first exit, and the one that was chosen there: no head runs on the way.
    package func reads(_ exit: ExitPlace, _ chosen: Int?) -> Bool {
        chosen.map { $0 == exit.index } ?? true
    }

    package func decide(_ exit: ExitObservation, _ chosen: inout Int?) -> Bool {
        let choice = chosen ?? choice(exit)
        chosen = choice
        return exit.place.index == choice
    }

    package func reason(_ exit: ExitObservation, _ chosen: Int?) -> String? {
        chosen.map { "leaves at depth \(depths[$0])" }
    }

    /// The cheapest exit; the last one if the first one's logits are NaN.
    private func choice(_ first: ExitObservation) -> Int {
        let inputs = ExitModels.inputs(of: first)
        let last = depths.count - 1
        var best = (exit: last, expense: price)
        for exit in (0..<last).reversed() {
            let share = Float(depths[exit]) / Float(depths[last])
            let expense = price * share + models.value(ofExit: exit, inputs)
            if expense < best.expense { best = (exit, expense) }
        }
        return best.exit
    }
}

extension PolicyKind {
    package static let predicted = PolicyKind(
        name: "predicted", syntax: "predicted:C",
        summary: "the first exit has found this depth to be worth C wrong answers per full depth",
        paper: "Elbayad et al. 2020 (depth-adaptive transformer)",
        lacks: learnedNumbers("predicted"),
        sweep: { _ in Sweep.numbers { $0 } },
        build: {
            let context = $0.context
            let learned = JSONReader(context.learned["predicted"] ?? [], at: "predicted")
            return PredictedDepth(
                try $0.number(in: 0...1),
                weights: try learned.floats(count: context.innerExits * ExitModels.inputCount),
                depths: context.depths)
        })
}
