/// How often each label was given for each right label.
package struct ConfusionMatrix: Sendable, Equatable {
    /// `counts[right][given]`, in texts.
    package private(set) var counts: [[Int]]

    /// Counts pairs of label indices.
    ///
    /// - Parameters:
    ///   - right: the right labels, below `labelCount`.
    ///   - given: the classifier's, as many and in the same order.
    ///   - labelCount: how many labels there are.
    package init(right: [Int], given: [Int], labelCount: Int) {
        precondition(right.count == given.count, "one answer per text")
        counts = Array(repeating: Array(repeating: 0, count: labelCount), count: labelCount)
        for (right, given) in zip(right, given) { counts[right][given] += 1 }
    }

    /// How many texts were counted.
    package var textCount: Int { rightCounts.reduce(0, +) }

    /// Counts the labels of some predictions; `nil` without texts.
    package init?(_ predictions: [Prediction], _ gold: Gold) {
        guard let labelCount = predictions.first?.probabilities.count else { return nil }
        self.init(
            right: gold.labels, given: predictions.map(\.label), labelCount: labelCount)
    }

    /// Precision, recall and F1 of every label.
    package var scores: [LabelScores] {
        let given = givenCounts
        return zip(counts, rightCounts).enumerated().map { label, row in
            LabelScores(correct: row.0[label], given: given[label], support: row.1)
        }
    }

    /// F1 as it is usually reported: of label 1 when there are two, else the mean over the labels.
    /// A label that is neither in the data nor among the answers is left out of the mean.
    package var f1: Double {
        let scores = scores
        if scores.count == 2 { return scores[1].f1 }
        let given = givenCounts
        let seen = scores.indices.filter { scores[$0].support + given[$0] > 0 }
        return seen.reduce(0) { $0 + scores[$1].f1 } / Double(max(seen.count, 1))
    }

    /// The Matthews correlation coefficient (Matthews 1975; for more than two labels Gorodkin
    /// 2004), -1 to 1; 0 when all right or all given labels are the same.
    package var matthewsCorrelation: Double {
        let (right, given, all) = (rightCounts, givenCounts, Double(textCount))
        func product(_ left: [Int], _ right: [Int]) -> Double {
            zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let covariance = Double(correct) * all - product(right, given)
        let spread = (all * all - product(right, right)) * (all * all - product(given, given))
        return spread > 0 ? covariance / spread.squareRoot() : 0
    }

    private var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
    private var rightCounts: [Int] { counts.map { $0.reduce(0, +) } }
    private var givenCounts: [Int] {
        counts.indices.map { label in counts.reduce(0) { $0 + $1[label] } }
    }
}
