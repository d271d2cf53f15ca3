import OfframpCalibration

/// What a policy is to reach.
enum CalibrationGoal {
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
