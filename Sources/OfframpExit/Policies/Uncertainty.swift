/// Leaves when the normalised entropy of the most probable labels is below a threshold.
///
/// The N most probable labels are renormalised to sum to 1 and their entropy is divided by ln N.
/// Over all labels the measure of FastBERT (Liu et al., 2020), there called speed, stays near 1
/// when there are many labels; that is why N is 5 unless said otherwise. Where a text may have several
/// labels, the least sure one of them counts.
package struct Uncertainty: ExitPolicy {
    /// The thresholds, between 0 and 1.
    package let thresholds: Thresholds
    /// How many labels count; `nil` for 5, or all when there are fewer.
    package let top: Int?

    /// Leaves below these thresholds.
    package init(_ thresholds: Thresholds, top: Int? = nil) {
        precondition(top.map { $0 >= 2 } ?? true, "the entropy of one label says nothing")
        self.thresholds = thresholds
        self.top = top
    }

    package var name: String {
        "uncertainty:\(thresholds)" + optionText
    }

    /// The options as they are written, with their comma.
    var optionText: String { top.map { ",top=\($0)" } ?? "" }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        isSure(exit)
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        reasonText("uncertainty", uncertainty(exit), "below \(thresholds.text(exit.place))")
    }

    /// Whether an exit is below its threshold.
    func isSure(_ exit: ExitObservation) -> Bool { uncertainty(exit) < thresholds[exit.place] }

    /// The measure itself, 0 to 1; NaN where there is none.
    package func uncertainty(_ exit: ExitObservation) -> Float {
        exit.task.rules.uncertainty(exit.probabilities, top: top)
    }
}

extension PolicyKind {
    static let uncertainty = PolicyKind(
        name: "uncertainty", syntax: "uncertainty:S[,top=N] or uncertainty:S1,S2,...[,top=N]",
        summary: "the entropy of the N most probable labels (5), divided by ln N, is below S",
        paper: "Liu et al. 2020 (FastBERT)", tasks: TaskKind.labelled, options: ["top"],
        sweep: { _ in Sweep.numbers { $0 } },
        build: {
            let thresholds = try $0.thresholds(in: 0...1)
            let top = try $0.topLabels()
            return Uncertainty(thresholds, top: top)
        })
}
