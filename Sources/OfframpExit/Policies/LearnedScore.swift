/// Leaves when the exit's own learned score, how likely it is to be wrong, is below a threshold.
///
/// BERxiT (Xin et al., 2021): a score beside the logits, trained to tell wrong answers from right
/// ones, so that a regression can leave early as well. A text never leaves on logits that are NaN.
package struct LearnedScore: ExitPolicy {
    /// The thresholds, between 0 and 1.
    package let thresholds: Thresholds

    /// Leaves below these thresholds.
    package init(_ thresholds: Thresholds) { self.thresholds = thresholds }

    package var name: String { "learned:\(thresholds)" }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        let isNumber = !exit.prediction.score.isNaN
        return isNumber && score(exit) < thresholds[exit.place]
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        reasonText("score", score(exit), "below \(thresholds.text(exit.place))")
    }

    private func score(_ exit: ExitObservation) -> Float { exit.signal ?? .nan }
}

extension PolicyKind {
    static let learned = PolicyKind(
        name: "learned", syntax: "learned:T or learned:T1,T2,...",
        summary: "the exit's learned score, how likely it is to be wrong, is below T",
        paper: "Xin et al. 2021 (BERxiT)", tasks: Set(TaskKind.allCases),
        lacks: { context in
            context.hasSignals
                ? nil : (found: "heads without a score", expected: "ones trained by berxit")
        },
        sweep: { _ in Sweep.numbers { $0 } },
        build: { LearnedScore(try $0.thresholds(in: 0...1)) })
}
