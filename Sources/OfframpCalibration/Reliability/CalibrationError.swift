import OfframpExit

extension Trace {
    /// How far each exit's confidence is from its share of right answers, `[exits]`: the expected calibration
    /// error over fifteen equal bins of confidence (Guo et al. 2017), 0 to 1. `nil` for a task without
    /// probabilities.
    package var calibrationErrors: [Double]? { reliabilityBins?.map(\.calibrationError) }
}

extension [ReliabilityBin] {
    /// The mean over the answers of the distance between a bin's confidence and its share of right answers.
    fileprivate var calibrationError: Double {
        guard !isEmpty else { return .nan }
        let distances = reduce(0) {
            $0 + Double($1.count) * abs($1.confidence - $1.rightShare)
        }
        return distances / Double(reduce(0) { $0 + $1.count })
    }
}
