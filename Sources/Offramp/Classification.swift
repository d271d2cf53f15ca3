import OfframpExit

/// What a text was classified as, and how far it went. You get one from `Classifier.classify`.
public struct Classification: Sendable, Equatable {
    /// The most probable label's name; in a regression the number as text.
    public let label: String
    /// The names of all labels that are given: one, or any number where a text may have several; none in
    /// a regression.
    public private(set) var labels: [String]
    /// How many layers ran of the model that answered.
    public let depth: Int
    /// Which model of a `ClassifierCascade` answered, counted from 0 for the smallest; 0 outside of a cascade.
    public private(set) var model = 0
    /// Whether the text was longer than the model reads, so that its end was cut off.
    public let isTruncated: Bool
    /// Whether a text has one label, and not any number of them.
    package let hasOneLabel: Bool
    private var prediction: Prediction

    package init(_ answer: Answer, _ task: ModelTask, isTruncated: Bool) {
        label = task.label(answer.prediction)
        labels =
            task.kind.rules.hasLabels ? answer.prediction.labels.map { task.labelNames[$0] } : []
        hasOneLabel = task.kind == .classification
        depth = answer.depth
        self.isTruncated = isTruncated
        prediction = answer.prediction
    }
}

extension Classification {
    /// The probability of `label`, or that of the least sure of several labels' answers, 0 to 1; NaN in a
    /// regression, which has none.
    public var probability: Float { value == nil ? prediction.score : .nan }

    /// The probabilities of all labels, in the order of `Classifier.labels`; empty in a regression.
    public var probabilities: [Float] { prediction.probabilities }

    /// The index of `label` in `Classifier.labels`; 0 in a regression.
    package var labelIndex: Int { prediction.label }

    /// The indices of `labels` in `Classifier.labels`, ascending.
    package var labelIndices: [Int] { prediction.labels }

    /// Whether a model of a cascade keeps this answer.
    func isKept(by rule: CascadeRule) -> Bool { rule.keeps(prediction) }

    /// The same answer as one of a cascade.
    ///
    /// - Parameters:
    ///   - model: which of the models gave it.
    ///   - indices: of each of the model's labels in the cascade, `[labels]`.
    func given(by model: Int, labels indices: [Int]) -> Classification {
        var copy = self
        copy.model = model
        copy.prediction = prediction.reordered(indices)
        let moved = prediction.labels.map { indices[$0] }
        copy.labels = zip(moved, labels).sorted { $0.0 < $1.0 }.map(\.1)
        return copy
    }

    /// Whether another answer says the same: gives the same labels, or a number no further off than `tolerance`.
    package func agrees(with other: Classification, tolerance: Float) -> Bool {
        prediction.agrees(with: other.prediction, tolerance: tolerance)
    }

    /// The number that a regression answers with; `nil` where there are labels.
    public var value: Float? { prediction.probabilities.isEmpty ? prediction.score : nil }
}

extension ModelTask {
    /// The name of a prediction's label, or its number in a regression.
    fileprivate func label(_ prediction: Prediction) -> String {
        rules.hasLabels ? labelNames[prediction.label] : "\(prediction.score)"
    }
}
