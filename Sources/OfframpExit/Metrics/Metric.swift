/// A measure of how well a model does; larger is better.
package struct Metric: Sendable {
    /// The usual name as a key in JSON; GLUE's where it has one.
    package let name: String
    /// The name in words.
    package let title: String
    /// Whether it is a share, 0 to 1, and not a correlation, -1 to 1.
    package let isShare: Bool
    private let measure: @Sendable ([Prediction], Gold) -> Double?

    init(
        _ name: String, _ title: String, isShare: Bool = false,
        measure: @escaping @Sendable ([Prediction], Gold) -> Double?
    ) {
        (self.name, self.title, self.isShare) = (name, title, isShare)
        self.measure = measure
    }

    /// The metric of some predictions; `nil` where it does not exist: without texts, or for the
    /// correlation of constant numbers.
    package func callAsFunction(_ predictions: [Prediction], _ gold: Gold) -> Double? {
        precondition(predictions.count == gold.count, "a right answer for each prediction")
        return measure(predictions, gold)
    }
}

extension Metric {
    /// All metrics; a new one is a row here, and a place in the list of its task.
    package static let catalog = [
        accuracy, f1, matthewsCorrelation, microF1, macroF1, subsetAccuracy, pearson, spearman,
    ]

    /// The share of right labels.
    package static let accuracy = Metric("accuracy", "accuracy", isShare: true) {
        predictions, gold in
        let right = zip(predictions, gold.labels).count { $0.label == $1 }
        return predictions.isEmpty ? nil : Double(right) / Double(predictions.count)
    }

    /// F1 of label 1, or the mean over the labels when there are more than two.
    package static let f1 = Metric("f1", "F1", isShare: true) { ConfusionMatrix($0, $1)?.f1 }

    /// Matthews correlation (CoLA).
    package static let matthewsCorrelation = Metric(
        "matthews_correlation", "Matthews correlation"
    ) { ConfusionMatrix($0, $1)?.matthewsCorrelation }

    /// F1 over all labels of all texts, where a text may have several.
    package static let microF1 = Metric("f1_micro", "micro F1", isShare: true) {
        $0.isEmpty ? nil : LabelSetCounts($0, $1).microF1
    }

    /// The mean F1 of the labels, where a text may have several.
    package static let macroF1 = Metric("f1_macro", "macro F1", isShare: true) {
        $0.isEmpty ? nil : LabelSetCounts($0, $1).macroF1
    }

    /// The share of texts with just the right labels.
    package static let subsetAccuracy = Metric("subset_accuracy", "subset accuracy", isShare: true)
    {
        predictions, gold in
        let right = zip(predictions, gold.labelSets).count { $0.labels == $1 }
        return predictions.isEmpty ? nil : Double(right) / Double(predictions.count)
    }

    /// Pearson correlation (STS-B).
    package static let pearson = Metric("pearson", "Pearson correlation") {
        Correlation.pearson(doubles($1), doubles($0))
    }

    /// Spearman's rank correlation (STS-B).
    package static let spearman = Metric("spearmanr", "Spearman correlation") {
        Correlation.spearman(doubles($1), doubles($0))
    }

    private static func doubles(_ gold: Gold) -> [Double] { gold.values.map { Double($0) } }

    private static func doubles(_ predictions: [Prediction]) -> [Double] {
        predictions.map { Double($0.score) }
    }
}
