import ArgumentParser
import OfframpCalibration

/// What a policy is to reach: one goal at a time.
struct GoalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Lose at most so many points against the full model, its standard error included.",
            valueName: "points"))
    var maxAccuracyDrop: Double?

    @Option(
        help: ArgumentHelp(
            "Answer in batches so many times as fast as the full model, measured here.",
            valueName: "factor"))
    var targetSpeedup: Double?

    @Option(
        help: ArgumentHelp(
            "Spend at most this share of the full model's multiply-adds.", valueName: "share"))
    var targetCompute: Double?

    @Option(
        help: ArgumentHelp(
            "Answer 95 of 100 texts, each alone, within this time, measured here.",
            valueName: "2ms"),
        transform: TimeSpan.positive)
    var maxLatency: Duration?

    @Option(
        help: ArgumentHelp(
            "Let at most this share of the texts lose their answer, with a guarantee.",
            valueName: "share"))
    var risk: Double?

    @Option(
        help: ArgumentHelp(
            "The probability of the guarantee (default: 0.95; learn-then-test, Angelopoulos et al. 2021).",
            valueName: "share"))
    var confidence: Double?

    @Flag(
        help: ArgumentHelp(
            "With --risk: guarantee the mean over calibrations only, which allows more "
                + "(conformal risk control, Angelopoulos et al. 2022)."))
    var onAverage = false

    @Option(
        help: ArgumentHelp(
            "In a regression: how much further off than the full model's a number may be.",
            valueName: "x"))
    var tolerance: Float?

    static let usualConfidence = 0.95

    /// The goal that was asked for, if any.
    var goal: CalibrationGoal? {
        get throws {
            let goals: [CalibrationGoal?] = [
                maxAccuracyDrop.map { .accuracyDrop(points: $0) },
                targetSpeedup.map { .speedup($0) },
                targetCompute.map { .compute($0) },
                latency,
                limit.map { .risk($0) },
            ]
            let asked = goals.compactMap(\.self)
            guard asked.count < 2 else { throw ValidationError("One goal at a time.") }
            return asked.first
        }
    }

    func validate() throws {
        func check(_ value: Double?, _ flag: String, in range: Range<Double>, _ words: String)
            throws
        {
            guard let value, !range.contains(value) || value == range.lowerBound else { return }
            throw ValidationError("\(flag) is \(words).")
        }
        let most = Double.greatestFiniteMagnitude
        if let maxAccuracyDrop, !(0...100).contains(maxAccuracyDrop) {
            throw ValidationError("--max-accuracy-drop is a number of points from 0 to 100.")
        }
        try check(targetSpeedup, "--target-speedup", in: 1..<most, "a factor above 1")
        try check(targetCompute, "--target-compute", in: 0..<1, "a share above 0 and below 1")
        try check(risk, "--risk", in: 0..<1, "a share above 0 and below 1")
        try check(confidence, "--confidence", in: 0..<1, "a share above 0 and below 1")
        if risk == nil, confidence != nil || onAverage {
            throw ValidationError("--confidence and --on-average go with --risk.")
        }
        if confidence != nil, onAverage {
            throw ValidationError("Either --confidence or --on-average.")
        }
        if let tolerance, !(tolerance >= 0) { throw ValidationError("--tolerance is at least 0.") }
        _ = try goal
    }

    private var latency: CalibrationGoal? {
        guard let maxLatency else { return nil }
        let milliseconds = maxLatency / .milliseconds(1)
        return CalibrationGoal.latency(milliseconds: milliseconds)
    }

    private var limit: RiskLimit? {
        guard let risk, risk > 0, risk < 1 else { return nil }
        let confidence = confidence ?? Self.usualConfidence
        return RiskLimit(risk: risk, confidence: onAverage ? nil : confidence)
    }
}
