import OfframpExit

extension Trace {
    /// How well each exit's confidence ranks right answers before wrong ones, `[exits]`: the probability that a
    /// right answer is the surer of the two (the area under the ROC curve), equal ones counting half. NaN for an
    /// exit that is always right or always wrong; `nil` for a task without probabilities.
    package var confidenceRankings: [Double]? { sureAnswers?.map(\.ranking) }
}

extension SureAnswers {
    /// By the ranks of the right answers (Mann & Whitney 1947).
    fileprivate var ranking: Double {
        let sorted = answers.sorted { $0.confidence < $1.confidence }
        let right = Double(sorted.count(where: \.isRight))
        let wrong = Double(sorted.count) - right
        guard right > 0, wrong > 0 else { return .nan }
        var ranks = 0.0
        var start = 0
        while start < sorted.count {
            let end =
                sorted[start...].firstIndex { $0.confidence > sorted[start].confidence }
                ?? sorted.count
            // Equal answers share the mean of their ranks, which count from 1.
            let rank = Double(start + 1 + end) / 2
            ranks += rank * Double(sorted[start..<end].count(where: \.isRight))
            start = end
        }
        return (ranks - right * (right + 1) / 2) / (right * wrong)
    }
}
