import OfframpCalibration
import OfframpEngine
import OfframpExit
import OfframpFiles

/// The policy that was found for a goal.
struct GoalChoice {
    let policy: any ExitPolicy
    let promise: Promise
    /// What the drop is measured by.
    let metric: Metric
}

extension GoalChoice {
    /// A policy, and what it does on the rows that decided.
    ///
    /// - Parameter measured: figures of the goal's own.
    init(
        _ policy: any ExitPolicy, _ goal: CalibrationGoal, on trace: Trace, searchedRows: Int,
        isLabelled: Bool, tolerance: Float?, cost: CostModel, _ measured: [JSON.Member]
    ) {
        let (full, point) = (trace.point(Full()), trace.point(policy, cost: cost))
        let tolerance = trace.task == .regression ? tolerance : nil
        let promise = Promise(
            goal, rows: trace.textCount, searchedRows: searchedRows, isLabelled: isLabelled,
            tolerance: tolerance,
            measured: measured + [
                .init("drop", .number(full.quality - point.quality)),
                .init("relative_compute", .number(point.relativeCompute ?? .nan)),
            ] + CalibratedAgreement.measured(trace, policy, tolerance: tolerance))
        self.init(policy: policy, promise: promise, metric: trace.metric)
    }

    /// A policy that the user has chosen, and the least risk that the rows prove.
    ///
    /// - Throws: `OfframpError` (`usage`) for a policy that the model cannot have, or a regression without a
    ///   tolerance, `data` for rows that prove nothing.
    init(given text: String, _ rows: CalibrationRows, _ model: LoadedModel, tolerance: Float?)
        throws
    {
        let policy = try PolicyKind.policy(text, for: model.context)
        let trace = rows.trace
        guard tolerance != nil || trace.task != .regression else {
            throw GoalSearch.lacksTolerance("--policy")
        }
        let losses = trace.losses(of: policy, tolerance: tolerance ?? 0)
        let least = RiskLimit.least(keptBy: losses, confidence: GoalOptions.usualConfidence)
        guard let limit = least else {
            throw OfframpError(
                .data, at: "calibration", found: "\(trace.textCount) rows, all of them lost",
                expected: "rows that \(policy.name) answers as well as the full model")
        }
        self.init(
            policy, .risk(limit), on: trace, searchedRows: 0, isLabelled: rows.isLabelled,
            tolerance: tolerance,
            cost: model.engine.model.cost, [.init("lost", .number(losses.mean))])
    }
}

extension GoalChoice {
    /// For people and programs.
    ///
    /// - Parameter name: what it is saved as.
    func report(_ name: String) -> Report {
        var report = Report()
        report.add(
            [
                Figure("name", .name(name)), Figure("policy", .name(policy.name)),
                Figure("promise", .name(promise.words)),
            ] + rows + promise.measured.map(figure))
        return report
    }

    private var rows: [Figure] {
        let isGiven = promise.searchedRows == 0
        let decided = Figure(
            "rows", title: isGiven ? "measured on" : "decided by", .count(promise.rows))
        guard !isGiven else { return [decided] }
        return [
            Figure("searched_rows", title: "searched on", .count(promise.searchedRows)), decided,
        ]
    }

    private func figure(_ measured: JSON.Member) -> Figure {
        let value = measured.value.double ?? .nan
        return switch measured.key {
        case "drop":
            Figure("drop", title: "against the full model", .drop(metric, value))
        case "lost": Figure("lost", .share(value))
        case "agreement":
            Figure("agreement", title: "as the full model answers", .share(value))
        case "relative_compute":
            Figure("relative_compute", title: "compute", .share(value, unit: "% of the full model"))
        case "p95_ms": Figure("p95_ms", title: "95 of 100 within, ms", .number(value, decimals: 2))
        default: Figure(measured.key, .number(value, decimals: 2))
        }
    }
}
