import OfframpFiles

/// What a model should answer for one row.
package enum Target: Sendable, Equatable {
    /// The index of a label.
    case label(Int)
    /// A value, in regression.
    case value(Float)

    /// The label's index; `nil` in regression.
    package var label: Int? { if case .label(let index) = self { index } else { nil } }

    /// The value; `nil` in classification.
    package var value: Float? { if case .value(let value) = self { value } else { nil } }
}

/// The kind of target that a data set has.
package enum TargetKind: Sendable, Equatable {
    /// One of some labels.
    case labels(LabelSet)
    /// A number: regression, as STS-B's scores.
    case value

    /// Guesses from the labels of a file: numbers with decimal points mean regression.
    ///
    /// - Throws: `OfframpError` (`usage`) for fewer than two labels.
    package init(occurringIn labels: [String]) throws {
        let isRegression =
            labels.contains { $0.contains(".") } && labels.allSatisfy { Float($0) != nil }
        self = isRegression ? .value : .labels(try LabelSet(occurringIn: labels))
    }

    /// The target that a file's label stands for; `nil` for any other text.
    package func target(_ label: String) -> Target? {
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
