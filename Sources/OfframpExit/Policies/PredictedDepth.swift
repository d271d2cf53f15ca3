import OfframpFiles

/// Chooses each text's depth at the first exit: the one where the wrong answers to be expected and the price of
/// the layers are least together.
///
/// Depth-adaptive transformers (Elbayad et al., 2020) predict the depth once for a whole sequence. Theirs learn the
/// depth of an oracle; here a linear model of every inner exit tells how many more wrong answers it gives than the
/// last one, and serves every price.
package struct PredictedDepth: ExitPolicy {
    /// What is remembered of one text: the exit that was chosen.
    package struct Memory: Sendable {
        var exit: Int?
    }

    /// What the full depth may cost, in wrong answers per text.
    package let price: Float
    /// The linear model of each inner exit, `[inner exits, features + 1]`; the last is the bias.
    package let weights: [Float]
    /// Of all exits, in layers.
    package let depths: [Int]

    /// Leaves where the models say so.
    package init(_ price: Float, weights: [Float], depths: [Int]) {
        self.price = price
        self.weights = weights
        self.depths = depths
    }

    package var name: String { "predicted:\(numberText(price))" }

    package func begin() -> Memory { Memory() }

    /// The first exit, and the one that was chosen there: no head runs on the way.
    package func reads(_ exit: ExitPlace, _ memory: Memory) -> Bool {
        memory.exit.map { $0 == exit.index } ?? true
    }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> ExitDecision {
        if memory.exit == nil { memory.exit = choice(exit) }
        return .leave(exit, if: exit.place.index == memory.exit)
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        memory.exit.map { "leaves at depth \(depths[$0])" }
    }

    /// The cheapest exit; the last one if the first one's logits are NaN.
    private func choice(_ first: ExitObservation) -> Int {
        let seen = Gates.features(of: first) + [1]
        let last = depths.count - 1
        var best = (exit: last, expense: price)
        for exit in (0..<last).reversed() {
            let own = weights[exit * Gates.weightCount..<(exit + 1) * Gates.weightCount]
            let share = Float(depths[exit]) / Float(depths[last])
            let expense = zip(own, seen).reduce(price * share) { $0 + $1.0 * $1.1 }
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
                weights: try learned.floats(count: context.innerExits * Gates.weightCount),
                depths: context.depths)
        })
}
