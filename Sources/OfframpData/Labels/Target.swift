import OfframpFiles

/// What a model should answer for one row.
public enum Target: Sendable, Equatable {
    /// The index of a label.
    case label(Int)
    /// A value, in regression.
    case value(Float)

    /// The label's index; `nil` in regression.
    public var label: Int? { if case .label(let index) = self { index } else { nil } }

    /// The value; `nil` in classification.
    public var value: Float? { if case .value(let value) = self { value } else { nil } }
}

/// What kind of target a data set has.
public enum TargetKind: Sendable, Equatable {
    /// One of some labels.
    case labels(LabelSet)
    /// A number: regression, as STS-B's scores.
    case value

    /// Guesses from the labels of a file: numbers with a decimal point mean regression.
    ///
    /// - Throws: `OfframpError` (`usage`) for fewer than two labels.
    public init(occurringIn labels: [String]) throws {
        let isRegression =
            labels.contains { $0.contains(".") } && labels.allSatisfy { Float($0) != nil }
        self = isRegression ? .value : .labels(try LabelSet(occurringIn: labels))
    }

    /// The target that a file's label stands for; `nil` when it stands for none.
    public func target(_ label: String) -> Target? {
        switch self {
        case .labels(let labels): return labels.index(of: label).map(Target.label)
        case .value:
            guard let value = Float(label), value.isFinite else { return nil }
            return .value(value)
        }
    }

    /// What `target` accepts, for errors.
    var allowed: String {
        if case .labels(let labels) = self { labels.allowed } else { "a finite number" }
    }
}
