/// What the logits of a model mean.
public enum TaskKind: String, Sendable, CaseIterable {
    /// One of several labels: a logit for each, read through a softmax.
    case classification
    /// A number: one logit, which is the answer itself.
    case regression

    /// Everything that differs from task to task. Nothing else in the project asks which one it is.
    package var rules: any TaskRules.Type {
        switch self {
        case .classification: Classification.self
        case .regression: Regression.self
        }
    }
}
