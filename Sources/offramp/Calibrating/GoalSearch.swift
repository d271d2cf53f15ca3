import Offramp
import OfframpCalibration
import OfframpEngine
import OfframpExit
import OfframpFiles

/// Finds the best policy that reaches a goal.
struct GoalSearch {
    private let rows: CalibrationRows
    private let model: LoadedModel
    private let parts: CalibrationParts
    private let candidates: [any ExitPolicy]
    private let tolerance: Float?

    /// How often a policy is looked for that is as fast as it should be.
    private static let attempts = 5

    /// - Parameters:
    ///   - policy: the kind of policy to search among, with options that all get, beside fixed depths and,
    ///     for `confidence`, a threshold for every exit.
    ///   - tolerance: what numbers may be off by; only needed in a regression.
    /// - Throws: `OfframpError`: `usage` for a policy that the model cannot have, `data` for too few rows.
    init(
        _ rows: CalibrationRows, _ model: LoadedModel, policy: String, tolerance: Float?
    ) throws {
        (self.rows, self.model, self.tolerance) = (rows, model, tolerance)
        parts = CalibrationParts(rows.trace)
        guard parts.search.textCount > 0 else {
            throw OfframpError(
                .data, at: "calibration", found: "\(rows.texts.count) rows", expected: "at least 4")
        }
        let fixed: [any ExitPolicy] = parts.search.depths.dropLast().map(FixedDepth.init)
        let hasThresholds = policy == PolicyKind.confidence.name
        candidates =
            try PolicyKind.sweep(policy, for: model.context) + fixed
            + (hasThresholds ? ExitThresholds.policies(parts.search) : [])
    }

    /// The choice for a goal.
    ///
    /// - Throws: `OfframpError` (`data`) for a goal that cannot be reached, or not be proven with these rows.
    func choice(for goal: CalibrationGoal) throws -> GoalChoice {
        switch goal {
        case .accuracyDrop(let points):
            let cheapest = parts.test.cheapest(
                of: candidates, within: points, margin: QualityLoss.usualMargin, cost: cost)
            let policy = candidates.first { $0.name == cheapest.policy } ?? Full()
            return choice(policy, goal)
        case .compute(let share):
            guard let policy = best(where: { compute($0) <= share }) else {
                let least = candidates.map(compute).min() ?? 1
                throw unreachable("--target-compute", "a least share of \(least.text(decimals: 3))")
            }
            return choice(policy, goal)
        case .speedup(let factor): return try fastEnough(factor, goal)
        case .latency(let milliseconds): return try promptEnough(milliseconds, goal)
        case .risk(let limit): return try proven(limit, goal)
        }
    }

    // MARK: - Goals

    private func fastEnough(_ factor: Double, _ goal: CalibrationGoal) throws -> GoalChoice {
        let times = try BatchTimes(model, rows.texts, parts)
        var wanted = factor
        for _ in 0..<Self.attempts {
            guard let policy = best(where: { times.speedup($0) >= wanted }) else { break }
            let measured = try times.measuredSpeedup(policy)
            if measured >= factor {
                return choice(policy, goal, [.init("speedup", .number(measured))])
            }
            wanted *= factor / measured
        }
        let most = candidates.map(times.speedup).max() ?? 1
        throw unreachable("--target-speedup", "at most \(most.text(decimals: 1)) times as fast")
    }

    private func promptEnough(_ milliseconds: Double, _ goal: CalibrationGoal) throws -> GoalChoice
    {
        let times = try SingleTimes(model, rows.texts, parts)
        var wanted = milliseconds
        for _ in 0..<Self.attempts {
            guard let policy = best(where: { times.p95($0) <= wanted }) else { break }
            let measured = try times.measuredP95(policy)
            if measured <= milliseconds {
                return choice(policy, goal, [.init("p95_ms", .number(measured))])
            }
            wanted *= milliseconds / measured
        }
        let least = candidates.map(times.p95).min() ?? .nan
        throw unreachable("--max-latency", "\(least.text(decimals: 2)) ms at the first exit")
    }

    private func proven(_ limit: RiskLimit, _ goal: CalibrationGoal) throws -> GoalChoice {
        let isRegression = parts.test.task == .regression
        guard tolerance != nil || !isRegression else {
            throw Self.lacksTolerance("--risk")
        }
        let found = try GuaranteedPolicy(
            parts, within: limit, among: candidates, tolerance: tolerance ?? 0
        ) { $0.point($1, cost: cost).relativeCompute ?? 1 }
        return choice(
            found.policy, goal, [.init("lost", .number(found.losses.mean))])
    }

    // MARK: - Policies

    private var cost: CostModel { model.engine.model.cost }

    private func compute(_ policy: any ExitPolicy) -> Double {
        parts.test.point(policy, cost: cost).relativeCompute ?? 1
    }

    /// The policy of the best quality among those that pass; of equal ones the cheapest.
    private func best(where passes: (any ExitPolicy) -> Bool) -> (any ExitPolicy)? {
        candidates.filter(passes).max { first, second in
            let points = (
                parts.test.point(first, cost: cost), parts.test.point(second, cost: cost)
            )
            return (points.0.quality, -(points.0.relativeCompute ?? 1))
                < (points.1.quality, -(points.1.relativeCompute ?? 1))
        }
    }

    private func choice(
        _ policy: any ExitPolicy, _ goal: CalibrationGoal, _ measured: [JSON.Member] = []
    ) -> GoalChoice {
        GoalChoice(
            policy, goal, on: parts.test, searchedRows: parts.search.textCount,
            isLabelled: rows.isLabelled, tolerance: tolerance, cost: cost, measured)
    }

    /// Numbers are never quite the same: somebody must say what is close enough.
    static func lacksTolerance(_ flag: String) -> OfframpError {
        OfframpError(.usage, at: flag, found: "a regression", expected: "--tolerance beside it")
    }

    private func unreachable(_ flag: String, _ found: String) -> OfframpError {
        OfframpError(.data, at: flag, found: found, expected: "a goal within reach of these exits")
    }
}
