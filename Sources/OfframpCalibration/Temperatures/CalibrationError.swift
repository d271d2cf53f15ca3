import OfframpExit

extension Trace {
    /// How far each exit's confidence is from its share of right answers, `[exits]`: the expected calibration
    /// error over fifteen equal bins of confidence (Guo et al. 2017), 0 to 1. Of texts with several labels every
    /// label is an answer of its own. `nil` for a task without probabilities.
    package var calibrationErrors: [Double]? {
        guard let gold, task.rules.hasLabels, textCount > 0 else { return nil }
        let labels = gold.labelsOfTexts.map(Set.init)
        return exits.map { exit in
            var bins = ConfidenceBins()
            for text in 0..<textCount {
                for answer in Self.answers(exit.observation(text), labels[text]) {
                    bins.add(answer.confidence, isRight: answer.isRight)
                }
            }
            return bins.error
        }
    }

    private static func answers(
        _ exit: ExitObservation, _ labels: Set<Int>
    ) -> [(confidence: Float, isRight: Bool)] {
        let prediction = exit.prediction
        guard exit.task == .multiLabel else {
            return [(prediction.score, labels.contains(prediction.label))]
        }
        return exit.probabilities.enumerated().map { label, probability in
            let isGiven = probability >= 0.5
            return (max(probability, 1 - probability), isGiven == labels.contains(label))
        }
    }
}

/// Answers by how sure they are.
private struct ConfidenceBins {
    private static let count = 15
    private var answers = [Double](repeating: 0, count: count)
    private var confidence = [Double](repeating: 0, count: count)
    private var right = [Double](repeating: 0, count: count)

    mutating func add(_ confidence: Float, isRight: Bool) {
        guard !confidence.isNaN else { return }
        let bin = min(Int(confidence * Float(Self.count)), Self.count - 1)
        answers[bin] += 1
        self.confidence[bin] += Double(confidence)
        right[bin] += isRight ? 1 : 0
    }

    /// The mean over the answers of the distance between a bin's confidence and its share of right ones.
    var error: Double {
        let total = answers.reduce(0, +)
        guard total > 0 else { return .nan }
        return zip(confidence, right).reduce(0) { $0 + abs($1.0 - $1.1) } / total
    }
}
