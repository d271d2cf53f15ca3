import OfframpFiles

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

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> ExitDecision {
        .leave(exit, if: !exit.place.isLast && exit.confidence >= thresholds[exit.place.index])
    }

    package func reason(_ exit: ExitObservation, _ memory: Void) -> String? {
        guard !exit.place.isLast else { return nil }
        let threshold = numberText(thresholds[exit.place.index])
        return reasonText("confidence", exit.confidence, "from \(threshold)")
    }
}

/// The thresholds for each of some budgets.
package struct QuotaTable: Sendable, Equatable {
    /// Ascending, as shares of all layers.
    package let budgets: [Float]
    /// Of the inner exits under each budget, `[budgets, inner exits]`.
    package let thresholds: [[Float]]

    /// Pairs budgets with thresholds.
    package init(budgets: [Float], thresholds: [[Float]]) {
        precondition(budgets.count == thresholds.count, "thresholds for each budget")
        self.budgets = budgets
        self.thresholds = thresholds
    }

    /// Reads a table as a checkpoint has it.
    ///
    /// - Throws: `OfframpError` (`data`) for other shapes or numbers.
    package init(_ json: JSON, innerExits: Int) throws {
        let reader = JSONReader(json, at: "quota")
        let budgets = try reader["budgets"].floats()
        let flat = try reader["thresholds"].floats(count: budgets.count * innerExits)
        self.init(
            budgets: budgets,
            thresholds: budgets.indices.map {
                Array(flat[$0 * innerExits..<($0 + 1) * innerExits])
            })
    }

    /// The table as a checkpoint has it.
    package var json: JSON {
        [
            "budgets": .array(budgets.map { .number($0) }),
            "thresholds": .array(thresholds.flatMap { $0 }.map { .number($0) }),
        ]
    }
}

extension PolicyKind {
    package static let quota = PolicyKind(
        name: "quota", syntax: "quota:B",
        summary: "the surest leave at each exit, so many that B of all layers are run on average",
        paper: "Huang et al. 2018 (MSDNet)", tasks: TaskKind.labelled,
        lacks: learnedNumbers("quota"),
        sweep: { arguments in
            try table(arguments.context).budgets.reversed().map(numberText)
        },
        build: { arguments in
            let table = try table(arguments.context)
            let budget = try arguments.number(among: table.budgets)
            let index = table.budgets.firstIndex(of: budget) ?? 0
            return Quota(budget, table.thresholds[index])
        })

    private static func table(_ context: PolicyContext) throws -> QuotaTable {
        try QuotaTable(context.learned["quota"] ?? [:], innerExits: context.innerExits)
    }
}
