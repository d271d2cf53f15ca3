import OfframpFiles

/// What an operating point was made to reach, and what it did on the rows that decided.
package struct Promise: Sendable {
    /// What was asked for.
    package let goal: CalibrationGoal
    /// Whether rows had labels; otherwise the full model's answers counted as right.
    package let isLabelled: Bool
    /// What numbers may be off by, in a regression.
    package let tolerance: Float?
    /// On how many rows policies were searched apart from those that decided.
    package let searchedRows: Int
    /// How many rows decided.
    package let rows: Int
    /// What was measured on the latter.
    package let measured: [JSON.Member]

    /// A promise about some rows.
    package init(
        _ goal: CalibrationGoal, rows: Int, searchedRows: Int = 0, isLabelled: Bool = true,
        tolerance: Float? = nil, measured: [JSON.Member]
    ) {
        (self.goal, self.rows, self.searchedRows) = (goal, rows, searchedRows)
        (self.isLabelled, self.tolerance, self.measured) = (isLabelled, tolerance, measured)
    }

    /// As the checkpoint keeps it.
    package var json: JSON {
        var members: [JSON.Member] = [
            .init("promise", .string(words)), .init("labelled", .bool(isLabelled)),
            .init("searched_rows", .number(searchedRows)), .init("rows", .number(rows)),
        ]
        members += goal.members
        if let tolerance { members.append(.init("tolerance", .number(tolerance))) }
        return .object(members + measured)
    }

    /// The promise in words.
    package var words: String {
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

extension Double {
    /// The number as it is written in a sentence: four decimals at most, no zeros at its end.
    fileprivate var shortText: String {
        let text = "\((self * 10_000).rounded() / 10_000)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    fileprivate var percentText: String { (self * 100).shortText }
}
