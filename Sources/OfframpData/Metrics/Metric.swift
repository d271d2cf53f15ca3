import OfframpFiles

/// A figure for how well a model does, under its usual name (GLUE's names in the JSON).
public enum Metric: String, Sendable, CaseIterable {
    /// The share of right labels.
    case accuracy
    /// F1 of label 1, or the mean over the labels when there are more than two.
    case f1
    /// Matthews correlation (CoLA).
    case matthewsCorrelation = "matthews_correlation"
    /// Pearson correlation (STS-B).
    case pearson
    /// Spearman's rank correlation (STS-B).
    case spearman = "spearmanr"

    /// The metrics of a kind of target, the one to choose by first.
    public static func all(for kind: TargetKind) -> [Metric] {
        if case .value = kind {
            [.pearson, .spearman]
        } else {
            [.accuracy, .f1, .matthewsCorrelation]
        }
    }

    /// The figure of a classifier; `nil` for a correlation of values and without texts.
    public func value(_ matrix: ConfusionMatrix) -> Double? {
        switch self {
        case .accuracy: matrix.accuracy
        case .f1: matrix.f1
        case .matthewsCorrelation: matrix.matthewsCorrelation
        case .pearson, .spearman: nil
        }
    }

    /// The figure of a regression; `nil` for a metric of labels and for constant series.
    public func value(right: [Double], given: [Double]) -> Double? {
        switch self {
        case .pearson: Correlation.pearson(right, given)
        case .spearman: Correlation.spearman(right, given)
        case .accuracy, .f1, .matthewsCorrelation: nil
        }
    }
}
