/// An answer for one text.
public struct Prediction: Sendable, Equatable {
    /// The probability of each label, `[labels]`; empty in a regression.
    public let probabilities: [Float]
    /// The index of the most probable label, the lowest of equals; 0 in a regression.
    public let label: Int
    /// The indices of the labels that are given, ascending: one, or any number where a text may have
    /// several; none in a regression.
    public let labels: [Int]
    /// The probability of `label`, or that of the least sure answer where a text may have several
    /// labels, or the value that a regression answers with.
    public let score: Float

    /// Picks the most probable label. NaN probabilities give label 0 and score NaN.
    public init(probabilities: [Float]) {
        self.probabilities = probabilities
        label = argmax(probabilities[...])
        labels = [label]
        score = probabilities[label]
    }

    /// Gives every label whose probability is at least a half. NaN gives none, and score NaN.
    public init(independent probabilities: [Float]) {
        self.probabilities = probabilities
        label = argmax(probabilities[...])
        labels = probabilities.indices.filter { probabilities[$0] >= 0.5 }
        score = MultiLabel.confidence(probabilities[...])
    }

    /// Gives some labels, whatever their shares.
    init(labels: [Int], shares: [Float]) {
        probabilities = shares
        label = argmax(shares[...])
        self.labels = labels
        score = .nan
    }

    private init(_ probabilities: [Float], label: Int, labels: [Int], score: Float) {
        (self.probabilities, self.label, self.labels) = (probabilities, label, labels)
        self.score = score
    }

    /// Answers a regression with a number.
    public init(value: Float) {
        probabilities = []
        label = 0
        labels = []
        score = value
    }

    /// The same answer where the labels stand in another order; a number stays as it is.
    ///
    /// - Parameter indices: of each label in the other order, `[labels]`.
    package func reordered(_ indices: [Int]) -> Prediction {
        guard !probabilities.isEmpty else { return self }
        var moved = probabilities
        for (label, index) in indices.enumerated() { moved[index] = probabilities[label] }
        return Prediction(
            moved, label: indices[label], labels: labels.map { indices[$0] }.sorted(), score: score)
    }

    /// Whether another answer says the same: gives the same labels, or a number no further off than `tolerance`.
    package func agrees(with other: Prediction, tolerance: Float) -> Bool {
        probabilities.isEmpty ? abs(score - other.score) <= tolerance : labels == other.labels
    }
}

extension [Prediction] {
    /// The weighted sum of the probabilities of each label, `[labels]`.
    func mixedProbabilities(_ weights: [Float]) -> [Float] {
        (first?.probabilities.indices ?? 0..<0).map { label in
            zip(self, weights).reduce(0) { $0 + $1.0.probabilities[label] * $1.1 }
        }
    }
}
