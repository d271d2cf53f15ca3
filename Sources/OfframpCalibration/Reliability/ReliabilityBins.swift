import OfframpExit

/// The answers of an exit within one range of confidence.
package struct ReliabilityBin: Sendable, Equatable {
    /// How many there are.
    package let count: Int
    /// Their mean confidence, 0 to 1.
    package let confidence: Double
    /// The share of them that is right, 0 to 1.
    package let rightShare: Double
}

extension Trace {
    /// Each exit's answers in fifteen equal ranges of confidence, the empty ones left out, `[exits][ranges]`: a
    /// reliability diagram (DeGroot and Fienberg 1983). `nil` for a task without probabilities.
    package var reliabilityBins: [[ReliabilityBin]]? { sureAnswers?.map(\.bins) }
}

extension SureAnswers {
    private static let binCount = 15

    /// The ranges that hold answers, by ascending confidence.
    var bins: [ReliabilityBin] {
        let groups = Dictionary(grouping: answers) { answer in
            min(Int(answer.confidence * Double(Self.binCount)), Self.binCount - 1)
        }
        return groups.sorted { $0.key < $1.key }.map { _, answers in
            let count = Double(answers.count)
            return ReliabilityBin(
                count: answers.count,
                confidence: answers.reduce(0) { $0 + $1.confidence } / count,
                rightShare: Double(answers.count(where: \.isRight)) / count)
        }
    }
}
