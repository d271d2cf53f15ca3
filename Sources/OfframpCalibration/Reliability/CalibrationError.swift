import OfframpExit

extension Trace {
    /// How far each exit's confidence is from its share of right answers, `[exits]`: the expected calibration
    /// error over fifteen equal bins of confidence (Guo et al. 2017), 0 to 1. `nil` for a task without
    /// probabilities.
    package var calibrationErrors: [Double]? { sureAnswers?.map(\.calibrationError) }
}

extension SureAnswers {
    private static let binCount = 15

    /// The mean over the answers of the distance between a bin's confidence and its share of right answers.
    fileprivate var calibrationError: Double {
        guard !answers.isEmpty else { return .nan }
        var surplus = [Double](repeating: 0, count: Self.binCount)
        for answer in answers {
            let bin = min(Int(answer.confidence * Double(Self.binCount)), Self.binCount - 1)
            surplus[bin] += answer.confidence - (answer.isRight ? 1 : 0)
        }
        return surplus.reduce(0) { $0 + abs($1) } / Double(answers.count)
    }
}
