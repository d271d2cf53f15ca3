/// Leaves when so many exits in a row say nearly the same as the one before them: the Jensen-Shannon
/// divergence of their probabilities, in nats, is below a threshold.
///
/// F-PABEE (Zhang et al., 2023), as the paper has it; `agreement` is what its code computes. An exit
/// whose logits are NaN resembles none.
package struct Similarity: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        var similarities = 0
        var previous: Prediction?
        var divergence = Float.nan
    }

    /// How many times in a row an exit must resemble the one before it.
    package let patience: Int
    /// In nats; ln 2 is the largest divergence there is.
    package let threshold: Float

    /// Leaves after `patience` divergences in a row below a threshold.
    package init(_ patience: Int, _ threshold: Float) {
        precondition(patience >= 1, "two exits are needed to compare")
        self.patience = patience
        self.threshold = threshold
    }

    package var name: String { "similarity:\(patience),\(numberText(threshold))" }

    package func begin() -> Memory { Memory() }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool {
        memory.divergence = memory.previous.map { exit.divergence(from: $0) } ?? .nan
        memory.similarities = memory.divergence < threshold ? memory.similarities + 1 : 0
        memory.previous = exit.prediction
        return memory.similarities >= patience
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        guard !memory.divergence.isNaN else { return nil }
        return "similar exits in a row \(memory.similarities), leaves from \(patience); divergence "
            + "\(measuredText(memory.divergence)), counts below \(numberText(threshold))"
    }
}

extension PolicyKind {
    static let similarity = PolicyKind(
        name: "similarity", syntax: "similarity:N,T",
        summary: "N exits in a row are within a Jensen-Shannon divergence T of the one before",
        paper: "Zhang et al. 2023 (F-PABEE)", tasks: TaskKind.labelled,
        sweep: { arguments in
            let count = arguments.count(or: 1)
            return Sweep.numbers { largestDivergence * $0 }.map { "\(count),\($0)" }
        },
        build: {
            let (count, threshold) = try $0.countAndNumber(in: 0...1)
            return Similarity(count, threshold)
        })

    /// ln 2.
    private static let largestDivergence: Float = 0.6931472
}
