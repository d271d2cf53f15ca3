import OfframpCalibration
import OfframpFiles

/// What an operating point was made to reach, and what it did on the rows that decided.
struct Promise {
    let goal: CalibrationGoal
    /// Whether rows had labels; otherwise the full model's answers counted as right.
    let isLabelled: Bool
    /// What numbers may be off by, in a regression.
    let tolerance: Float?
    /// On how many rows policies were searched, and how many decided.
    let rows: (searched: Int, tested: Int)
    /// What was measured on the latter.
    let measured: [JSON.Member]

    /// As the checkpoint keeps it.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("promise", .string(words)), .init("labelled", .bool(isLabelled)),
            .init("searched_rows", .number(rows.searched)), .init("rows", .number(rows.tested)),
        ]
        members += goal.members
        if let tolerance { members.append(.init("tolerance", .number(tolerance))) }
        return .object(members + measured)
    }

    /// The promise in words.
    var words: String {
        switch goal {
        case .accuracyDrop(let points): "at most \(points.shortText) points below the full model"
        case .compute(let share): "at most \(share.percentText) % of the compute"
        case .speedup(let factor): "\(factor.shortText) times as fast as the full model"
        case .latency(let milliseconds): "95 of 100 texts within \(milliseconds.shortText) ms"
        case .risk(let limit): risk(limit)
        }
    }

    private func risk(_ limit: RiskLimit) -> String {
        let loss =
            tolerance.map { "are off by \(Double($0).shortText) more" }
            ?? (isLabelled ? "lose their answer" : "get another answer")
        let sure = limit.confidence.map { "with \($0.percentText) % confidence" } ?? "on average"
        return "\(sure) at most \(limit.risk.percentText) % \(loss)"
    }
}

extension CalibrationGoal {
    /// What was asked for.
    fileprivate var members: [JSON.Member] {
        switch self {
        case .accuracyDrop(let points): [.init("max_accuracy_drop", .number(points))]
        case .compute(let share): [.init("target_compute", .number(share))]
        case .speedup(let factor): [.init("target_speedup", .number(factor))]
        case .latency(let milliseconds): [.init("max_latency_ms", .number(milliseconds))]
        case .risk(let limit):
            [.init("risk", .number(limit.risk))]
                + (limit.confidence.map { [.init("confidence", .number($0))] } ?? [])
        }
    }
}

extension Double {
    /// The number as it is written in a sentence: without zeros at its end.
    fileprivate var shortText: String {
        let text = text(decimals: 4)
        let digits = text.reversed().drop { $0 == "0" }
        return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
    }

    fileprivate var percentText: String { (self * 100).shortText }
}
