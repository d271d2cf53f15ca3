/// Leaves when so many exits in a row are each sure enough, by their normalised entropy.
///
/// PCEE-BERT (Zhang et al., 2022). The measure is that of `uncertainty`; an exit whose logits are NaN
/// starts the count anew.
package struct PatientConfidence: ExitPolicy {
    /// How many sure exits in a row are needed.
    package let patience: Int
    /// What makes an exit sure.
    package let measure: Uncertainty

    /// Leaves after `patience` exits in a row that are below the thresholds of a measure.
    package init(_ patience: Int, _ measure: Uncertainty) {
        precondition(patience >= 1, "at least one exit must be sure")
        self.patience = patience
        self.measure = measure
    }

    package var name: String {
        "patience-confidence:\(patience),\(measure.thresholds)" + measure.optionText
    }

    package func begin() -> Int { 0 }

    package func decide(_ exit: ExitObservation, _ sureExits: inout Int) -> Bool {
        sureExits = measure.isSure(exit) ? sureExits + 1 : 0
        return sureExits >= patience
    }

    package func reason(_ exit: ExitObservation, _ sureExits: Int) -> String? {
        "sure exits in a row \(sureExits), leaves from \(patience); "
            + "uncertainty \(measuredText(measure.uncertainty(exit))), counts below "
            + measure.thresholds.text(exit.place)
    }
}

extension PolicyKind {
    static let patientConfidence = PolicyKind(
        name: "patience-confidence", syntax: "patience-confidence:N,S[,top=K]",
        summary: "N exits in a row have an uncertainty below S",
        paper: "Zhang et al. 2022 (PCEE-BERT)", tasks: TaskKind.labelled, options: ["top"],
        sweep: { arguments in
            let count = arguments.count(or: 2)
            return Sweep.numbers { $0 }.map { "\(count),\($0)" }
        },
        build: {
            let (count, threshold) = try $0.countAndNumber(in: 0...1)
            let top = try $0.topLabels()
            return PatientConfidence(count, Uncertainty(Thresholds(threshold), top: top))
        })
}
