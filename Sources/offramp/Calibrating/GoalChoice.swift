import OfframpCalibration
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
    /// For people and programs.
    ///
    /// - Parameter name: what it is saved as.
    func report(_ name: String) -> Report {
        var report = Report()
        report.add(
            [
                Figure("name", .name(name)), Figure("policy", .name(policy.name)),
                Figure("promise", .name(promise.words)),
                Figure("searched_rows", title: "searched on", .count(promise.searchedRows)),
                Figure("rows", title: "decided by", .count(promise.rows)),
            ] + promise.measured.map(figure))
        return report
    }

    private func figure(_ measured: JSON.Member) -> Figure {
        let value = measured.value.double ?? .nan
        return switch measured.key {
        case "drop":
            Figure("drop", title: "against the full model", .drop(metric, value))
        case "lost": Figure("lost", .share(value))
        case "relative_compute":
            Figure("relative_compute", title: "compute", .share(value, unit: "% of the full model"))
        case "p95_ms": Figure("p95_ms", title: "95 of 100 within, ms", .number(value, decimals: 2))
        default: Figure(measured.key, .number(value, decimals: 2))
        }
    }
}
