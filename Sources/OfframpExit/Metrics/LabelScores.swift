/// How well one label is found. 0 divided by 0 counts as 0.
package struct LabelScores: Sendable, Equatable {
    /// The share of the texts given this label for which it is right.
    package let precision: Double
    /// The share of the texts with this label that got it.
    package let recall: Double
    /// The harmonic mean of precision and recall.
    package let f1: Double
    /// How many texts have this label.
    package let support: Int
    fileprivate let correct: Int
    fileprivate let given: Int

    init(correct: Int, given: Int, support: Int) {
        func share(_ part: Int, of whole: Int) -> Double {
            whole == 0 ? 0 : Double(part) / Double(whole)
        }
        precision = share(correct, of: given)
        recall = share(correct, of: support)
        f1 = share(2 * correct, of: given + support)
        (self.correct, self.given, self.support) = (correct, given, support)
    }
}

/// The scores of all labels in one figure each.
package struct LabelAverage: Sendable, Equatable {
    /// How labels count: `macro`, all the same; `weighted`, by their texts; `micro`, by every answer.
    package let name: String
    /// The mean precision.
    package let precision: Double
    /// The mean recall.
    package let recall: Double
    /// The mean F1.
    package let f1: Double
}

extension [LabelScores] {
    /// The averages; none without labels. A label that is neither in the data nor among the answers does not
    /// count.
    package var averages: [LabelAverage] {
        let seen = filter { $0.support + $0.given > 0 }
        guard !seen.isEmpty else { return [] }
        let all = LabelScores(
            correct: seen.reduce(0) { $0 + $1.correct }, given: seen.reduce(0) { $0 + $1.given },
            support: seen.reduce(0) { $0 + $1.support })
        return [
            seen.average("macro") { _ in 1 },
            LabelAverage(
                name: "micro", precision: all.precision, recall: all.recall, f1: all.f1),
            seen.average("weighted") { Double($0.support) },
        ]
    }

    private func average(
        _ name: String, weight: (LabelScores) -> Double
    ) -> LabelAverage {
        let total = reduce(0) { $0 + weight($1) }
        func mean(_ score: (LabelScores) -> Double) -> Double {
            total > 0 ? reduce(0) { $0 + weight($1) * score($1) } / total : 0
        }
        return LabelAverage(
            name: name, precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1))
    }
}
