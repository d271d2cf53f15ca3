import OfframpFiles

/// What a policy is to reach.
package enum CalibrationGoal: Sendable, Equatable {
    /// At most so many hundredths of the metric below the full model.
    case accuracyDrop(points: Double)
    /// So many times as fast as the full model, in batches.
    case speedup(Double)
    /// At most this share of the full model's multiply-adds.
    case compute(Double)
    /// Of texts alone, 95 of 100 within this time.
    case latency(milliseconds: Double)
    /// A risk that is proven.
    case risk(RiskLimit)
}

extension CalibrationGoal {
    /// What was asked for, as a checkpoint keeps it.
    var members: [JSON.Member] {
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
