/// Leaves when no later exit can change the label that all exits together give; answers with the mean
/// of the exits so far.
///
/// All exits vote with their probabilities, and each of the `n` to come can move the first label's lead
/// over the second by 1 at most: with T = 1 a text leaves when the lead of the sum is at least n, and
/// its label is surely that of the whole ensemble. A smaller T lets it leave from `T n` on. The proof
/// is that of DACT-BERT (Barros et al., 2021) without halting probabilities. An exit whose logits are
/// NaN does not vote, and no text leaves there.
package struct Stable: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        var sums: [Float] = []
        var voters = 0
        var lead = Float.nan
    }

    /// How much of what later exits could change must be impossible, 0 to 1.
    package let share: Float
    /// How many exits there are.
    package let exits: Int

    /// Leaves when `share` of what later exits could change is out of reach.
    package init(_ share: Float, exits: Int) {
        self.share = share
        self.exits = exits
    }

    package var name: String { "stable:\(numberText(share))" }

    package func begin() -> Memory { Memory() }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool {
        let votes = exit.label != nil
        if votes { memory.add(exit.probabilities) }
        return votes && memory.lead >= needed(exit.place)
    }

    package func answer(_ exit: ExitObservation, _ memory: Memory) -> Prediction {
        guard memory.voters > 0 else { return exit.prediction }
        return Prediction(probabilities: memory.sums.map { $0 / Float(memory.voters) })
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        reasonText("lead", memory.lead, "from \(numberText(needed(exit.place)))")
    }

    private func needed(_ place: ExitPlace) -> Float { share * Float(exits - 1 - place.index) }
}

extension Stable.Memory {
    fileprivate mutating func add(_ probabilities: ArraySlice<Float>) {
        sums = sums.isEmpty ? Array(probabilities) : zip(sums, probabilities).map(+)
        voters += 1
        lead = OfframpExit.lead(sums)
    }
}

extension PolicyKind {
    static let stable = PolicyKind(
        name: "stable", syntax: "stable:T",
        summary: "later exits cannot change the label of all exits together (T = 1: surely)",
        paper: "Barros et al. 2021 (DACT-BERT)",
        sweep: { _ in Sweep.numbers { 1 - $0 } },
        build: { Stable(try $0.number(in: 0...1), exits: $0.context.depths.count) })
}
