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

    init(correct: Int, given: Int, support: Int) {
        func share(_ part: Int, of whole: Int) -> Double {
            whole == 0 ? 0 : Double(part) / Double(whole)
        }
        precision = share(correct, of: given)
        recall = share(correct, of: support)
        f1 = share(2 * correct, of: given + support)
        self.support = support
    }
}
