/// How often each label was given for each right label.
public struct ConfusionMatrix: Sendable, Equatable {
    /// `counts[right][given]`, in texts.
    public private(set) var counts: [[Int]]

    /// Counts pairs of label indices.
    ///
    /// - Parameters:
    ///   - right: the right labels, below `labels`.
    ///   - given: the classifier's, as many and in the same order.
    ///   - labels: how many labels there are.
    public init(right: [Int], given: [Int], labels: Int) {
        precondition(right.count == given.count, "one answer a text")
        counts = Array(repeating: Array(repeating: 0, count: labels), count: labels)
        for (right, given) in zip(right, given) { counts[right][given] += 1 }
    }

    /// How many texts were counted.
    public var texts: Int { rightCounts.reduce(0, +) }

    /// The share of texts whose label is right; `nil` without texts.
    public var accuracy: Double? {
        let all = texts
        return all == 0 ? nil : Double(correct) / Double(all)
    }

    /// Precision, recall and F1 of every label.
    public var scores: [LabelScores] {
        let given = givenCounts
        return zip(counts, rightCounts).enumerated().map { label, row in
            LabelScores(correct: row.0[label], given: given[label], support: row.1)
        }
    }

    /// F1 as it is usually reported: of label 1 when there are two, else the mean over the labels.
    /// A label that neither stands in the data nor was given is left out of the mean.
    public var f1: Double {
        let scores = scores
        if scores.count == 2 { return scores[1].f1 }
        let given = givenCounts
        let seen = scores.indices.filter { scores[$0].support + given[$0] > 0 }
        return seen.reduce(0) { $0 + scores[$1].f1 } / Double(max(seen.count, 1))
    }

    /// The Matthews correlation coefficient (Matthews 1975; for more than two labels Gorodkin
    /// 2004), -1 to 1; 0 when all right or all given labels are the same.
    public var matthewsCorrelation: Double {
        let (right, given, all) = (rightCounts, givenCounts, Double(texts))
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
