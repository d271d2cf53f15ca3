import OfframpFiles

/// What a model should answer for one row.
package enum Target: Sendable, Equatable {
    /// The index of a label.
    case label(Int)
    /// The indices of the labels, ascending, where a row may have any number of them.
    case labels([Int])
    /// A value, in regression.
    case value(Float)

    /// The label's index; `nil` in other tasks.
    package var label: Int? { if case .label(let index) = self { index } else { nil } }

    /// The labels' indices; `nil` in other tasks.
    package var labels: [Int]? { if case .labels(let indices) = self { indices } else { nil } }

    /// The indices of all labels, however many a row may have; none in regression.
    var allLabels: [Int] { labels ?? label.map { [$0] } ?? [] }

    /// The value; `nil` in other tasks.
    package var value: Float? { if case .value(let value) = self { value } else { nil } }
}

/// The kind of target that a data set has.
package enum TargetKind: Sendable, Equatable {
    /// One of some labels.
    case labels(LabelSet)
    /// Any number of some labels.
    case labelSets(LabelSet)
    /// A number: regression, as STS-B's scores.
    case value

    /// Guesses from the labels of a file: lists mean several labels, numbers with decimal points a
    /// regression.
    ///
    /// - Parameter separator: what stands between the labels of a row; `nil` where only lists are lists.
    /// - Throws: `OfframpError` (`usage`) for fewer than two labels.
    package init(occurringIn labels: [WrittenLabel], separator: Character? = nil) throws {
        let lists = labels.compactMap { $0.parts(separator: separator) }
        if !lists.isEmpty {
            self = .labelSets(try LabelSet(occurringIn: lists.joined()))
            return
        }
        let texts = labels.compactMap(\.text)
        let isRegression =
            texts.contains { $0.contains(".") } && texts.allSatisfy { Float($0) != nil }
        self = isRegression ? .value : .labels(try LabelSet(occurringIn: texts))
    }

    /// The target that a row's label stands for; `nil` for any other.
    ///
    /// - Parameter label: `nil` where the row has none.
    package func target(_ label: WrittenLabel?, separator: Character? = nil) -> Target? {
        switch self {
        case .labels(let labels): return label?.text.flatMap(labels.index).map(Target.label)
        case .labelSets(let labels):
            // No label at all is an answer, too, where a text can say so.
            let parts = label.map { $0.parts(separator: separator) } ?? (separator.map { _ in [] })
            guard let parts else { return nil }
            let indices = parts.compactMap(labels.index)
            return indices.count == parts.count ? .labels(Set(indices).sorted()) : nil
        case .value:
            guard let value = label?.text.flatMap(Float.init), value.isFinite else { return nil }
            return .value(value)
        }
    }

    /// What `target` accepts, for errors.
    ///
    /// - Parameter separator: what stands between labels in a text; `nil` for lists alone.
    func allowed(separator: Character?) -> String {
        switch self {
        case .labels(let labels): labels.allowed
        case .labelSets(let labels):
            "a list of labels, "
                + (separator.map { "separated by \(quoted(String($0))), " }
                    ?? "in JSON or with --label-separator, ") + "each " + labels.allowed
        case .value: "a finite number"
        }
    }
}
