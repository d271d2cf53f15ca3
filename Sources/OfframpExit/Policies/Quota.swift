/// Leaves at each exit when the confidence reaches that exit's own threshold; the thresholds keep the
/// mean depth within a budget.
///
/// Budgeted batch classification of MSDNet (Huang et al., 2018): the share of texts that leave at an
/// exit falls or rises geometrically with its number, and the surest ones leave.
package struct Quota: ExitPolicy {
    /// The mean depth that is allowed, as a share of all layers.
    package let budget: Float
    /// The confidences from which texts leave, `[inner exits]`.
    package let thresholds: [Float]

    /// Leaves from these thresholds upwards.
    package init(_ budget: Float, _ thresholds: [Float]) {
        self.budget = budget
        self.thresholds = thresholds
    }

    package var name: String { "quota:\(numberText(budget))" }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        !exit.place.isLast && exit.confidence >= thresholds[exit.place.index]
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        guard !exit.place.isLast else { return nil }
        let threshold = numberText(thresholds[exit.place.index])
        return reasonText("confidence", exit.confidence, "from \(threshold)")
    }
}

extension PolicyKind {
    package static let quota = PolicyKind(
        name: "quota", syntax: "quota:B",
        summary: "the surest leave at each exit, so many that B of all layers are run on average",
        paper: "Huang et al. 2018 (MSDNet)", tasks: TaskKind.labelled,
        lacks: learnedNumbers("quota"),
        sweep: { try $0.context.table("quota").options.reversed().map(numberText) },
        build: {
            let (budget, thresholds) = try $0.row(of: $0.context.table("quota"))
            return Quota(budget, thresholds)
        })
}
