/// How good some predictions are, the larger the better: accuracy, F1, a correlation.
public struct Quality: Sendable {
    private let measure: @Sendable ([Prediction], Gold) -> Double

    /// Wraps a measure of predictions against the right answers for the same texts.
    public init(_ measure: @escaping @Sendable ([Prediction], Gold) -> Double) {
        self.measure = measure
    }

    /// The measure of some predictions.
    public func callAsFunction(_ predictions: [Prediction], _ gold: Gold) -> Double {
        measure(predictions, gold)
    }

    /// The share of texts with the right label, 0 to 1.
    public static let accuracy = Quality { predictions, gold in
        guard case .labels(let labels) = gold else {
            preconditionFailure("accuracy compares labels")
        }
        let right = zip(predictions, labels).count { $0.label == $1 }
        return Double(right) / Double(labels.count)
    }
}
