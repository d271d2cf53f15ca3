/// Leaves when an exit and the one before it are sure of the same: the entropy of the mean of their
/// probabilities, in nats, is below a threshold.
///
/// What the authors' code of F-PABEE (Zhang et al., 2023) computes. The first exit has none before it,
/// and an exit whose logits are NaN agrees with none.
package struct Agreement: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        var previous: Prediction?
        var entropy = Float.nan
    }

    /// The thresholds in nats.
    package let thresholds: Thresholds

    /// Leaves below these thresholds.
    package init(_ thresholds: Thresholds) { self.thresholds = thresholds }

    package var name: String { "agreement:\(thresholds)" }

    package func begin() -> Memory { Memory() }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool {
        memory.entropy = memory.previous.map { exit.entropyOfMean(with: $0) } ?? .nan
        memory.previous = exit.prediction
        return memory.entropy < thresholds[exit.place]
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        guard !memory.entropy.isNaN else { return nil }
        return reasonText(
            "entropy of the mean", memory.entropy, "below \(thresholds.text(exit.place))")
    }
}

extension PolicyKind {
    static let agreement = PolicyKind(
        name: "agreement", syntax: "agreement:T or agreement:T1,T2,...",
        summary:
            "the mean of this exit's and the previous one's probabilities has an entropy below T",
        paper: "Zhang et al. 2023 (F-PABEE, its code)", tasks: TaskKind.labelled,
        sweep: { arguments in
            Sweep.numbers { arguments.context.largestEntropy * $0 }
        },
        build: { Agreement(try $0.thresholds(in: 0...Float.greatestFiniteMagnitude)) })
}
