/// What the logits of a model mean.
public enum TaskKind: String, Sendable, CaseIterable {
    /// One of several labels: a logit for each, read through a softmax.
    case classification
    /// Any number of labels: a logit for each, read through a sigmoid.
    case multiLabel = "multi-label"
    /// A number: one logit, which is the answer itself.
    case regression

    /// The tasks whose answers are labels with probabilities.
    static let labelled = Set(allCases.filter { $0.rules.hasLabels })

    /// Everything that differs from task to task. Nothing else in the project asks which one it is.
    package var rules: any TaskRules.Type {
        switch self {
        case .classification: Classification.self
        case .multiLabel: MultiLabel.self
        case .regression: Regression.self
        }
    }
}
