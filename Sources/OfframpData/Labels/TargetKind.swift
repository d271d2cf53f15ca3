import OfframpFiles

/// The kind of target that a data set has.
package enum TargetKind: Sendable, Equatable {
    /// One of some labels.
    case labels(LabelSet)
    /// Any number of some labels.
    case labelSets(LabelSet)
    /// A number: regression, as STS-B's scores.
    case value

    /// The kinds as a user names them.
    package enum Name: String, CaseIterable, Sendable {
        case classification
        case regression
        case multiLabel = "multi-label"
    }

    /// Its name.
    package var name: Name {
        switch self {
        case .labels: .classification
        case .labelSets: .multiLabel
        case .value: .regression
        }
    }

    /// Finds the kind of a file's labels: lists mean several labels, measured numbers a regression.
    ///
    /// - Parameters:
    ///   - separator: what stands between the labels of a row; `nil` where only lists are lists.
    ///   - name: the kind that was asked for; `nil` for what the labels look like.
    /// - Throws: `OfframpError` (`usage`) for fewer than two labels, and for labels that cannot be of the
    ///   kind that was asked for.
    package init(
        occurringIn labels: [WrittenLabel], separator: Character? = nil, as name: Name? = nil
    ) throws {
        let lists = labels.compactMap { $0.parts(separator: separator) }
        let texts = labels.compactMap(\.text)
        switch name ?? (lists.isEmpty ? Self.name(texts) : .multiLabel) {
        case .regression: self = .value
        case .classification where lists.isEmpty:
            self = .labels(try LabelSet(occurringIn: texts))
        case .multiLabel where !lists.isEmpty:
            self = .labelSets(try LabelSet(occurringIn: lists.joined()))
        case let name:
            throw OfframpError(
                .usage, at: "--task \(name.rawValue)",
                found: name == .multiLabel ? "one label in every row" : "rows with lists of labels",
                expected: name == .multiLabel
                    ? "lists of labels in JSON, or --label-separator" : "one label in every row")
        }
    }

    /// Whether labels are names or measured numbers.
    ///
    /// Numbers are measured if some have a fraction and there are many of them, or hardly two are alike. A
    /// few that come again and again are the names of classes, and so are codes such as 250.1.
    private static func name(_ labels: [String]) -> Name {
        let values = labels.compactMap(Float.init).filter(\.isFinite)
        guard values.count == labels.count, values.contains(where: { $0 != $0.rounded() }),
            let least = values.min(), let most = values.max()
        else { return .classification }
        let distinct = Set(values).count
        let isScale = distinct > fewValues && most - least <= widestScale
        return isScale || 2 * distinct > values.count ? .regression : .classification
    }

    /// As many classes as may have numbers with fractions for names.
    private static let fewValues = 20
    /// From percentages down, numbers come from a scale; beyond it they may be codes.
    private static let widestScale: Float = 100

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
