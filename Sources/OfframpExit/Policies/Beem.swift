import OfframpFiles

/// Leaves when the weighted confidence of the exits that have agreed so far is high enough; a change of
/// mind starts the sum anew.
///
/// `S_i = w_i max p_i`, plus `S_(i-1)` while the label stays. BEEM (Bajpai and Hanawal, 2025), which
/// takes exit i's weight from its cost, `0.1 i`, or from its accuracy on texts that it has not learned
/// from. An exit whose logits are NaN starts anew with nothing.
package struct Beem: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        var sum: Float = 0
        var answer: Prediction?
    }

    /// The sum from which a text leaves.
    package let threshold: Float
    /// How much each exit counts, `[exits]`.
    package let weights: [Float]

    /// Leaves when the sum reaches a threshold.
    package init(_ threshold: Float, weights: [Float]) {
        self.threshold = threshold
        self.weights = weights
    }

    package var name: String { "beem:\(numberText(threshold))" }

    package func begin() -> Memory { Memory() }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool {
        let agrees = memory.answer.map { exit.task.rules.agrees(exit, $0, tolerance: 0) } ?? false
        let own = weights[exit.place.index] * exit.confidence
        memory.sum = own.isNaN ? 0 : own + (agrees ? memory.sum : 0)
        memory.answer = exit.prediction
        return !own.isNaN && memory.sum >= threshold
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        reasonText("confidence summed", memory.sum, "from \(numberText(threshold))")
    }

    /// The weights that the exits' costs give, where none were learned.
    package static func unlearned(exits: Int) -> [Float] { (1...exits).map { 0.1 * Float($0) } }
}

extension PolicyKind {
    package static let beem = PolicyKind(
        name: "beem", syntax: "beem:A",
        summary: "confidence, weighted by exit and summed while the label stays, is at least A",
        paper: "Bajpai and Hanawal 2025 (BEEM)", tasks: TaskKind.labelled,
        sweep: { arguments in
            let most = try weights(arguments.context).reduce(0, +)
            return Sweep.numbers { most * (1 - $0) }
        },
        build: {
            let most = Float.greatestFiniteMagnitude
            return Beem(try $0.number(in: 0...most), weights: try weights($0.context))
        })

    private static func weights(_ context: PolicyContext) throws -> [Float] {
        let exits = context.depths.count
        guard let learned = context.learned["beem"] else { return Beem.unlearned(exits: exits) }
        return try JSONReader(learned, at: "beem").floats(count: exits)
    }
}
