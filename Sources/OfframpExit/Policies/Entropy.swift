/// Leaves when the entropy of the probabilities, H(p) = -sum p ln p in nats, is below a threshold.
///
/// BranchyNet (Teerapittayanon, McDanel and Kung, 2016); DeeBERT (Xin et al., 2020).
package struct Entropy: ExitPolicy {
    /// The thresholds in nats; ln(labels) is the largest entropy there is.
    package let thresholds: Thresholds

    /// Leaves below these thresholds.
    package init(_ thresholds: Thresholds) { self.thresholds = thresholds }

    package var name: String { "entropy:\(thresholds)" }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        exit.entropy < thresholds[exit.place]
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        reasonText("entropy", exit.entropy, "below \(thresholds.text(exit.place))")
    }
}

extension PolicyKind {
    static let entropy = PolicyKind(
        name: "entropy", syntax: "entropy:T or entropy:T1,T2,...",
        summary: "the entropy of the probabilities, in nats, is below T",
        paper: "Teerapittayanon et al. 2016 (BranchyNet); Xin et al. 2020 (DeeBERT)",
        tasks: TaskKind.labelled,
        sweep: { arguments in
            Sweep.numbers { arguments.context.largestEntropy * $0 }
        },
        build: { Entropy(try $0.thresholds(in: 0...Float.greatestFiniteMagnitude)) })
}
