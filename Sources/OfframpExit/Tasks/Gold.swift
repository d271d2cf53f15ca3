/// The right answers for some texts.
package enum Gold: Sendable, Equatable {
    /// The index of each text's label.
    case labels([Int])
    /// The indices of each text's labels, ascending, where it may have any number of them.
    case labelSets([[Int]])
    /// The number of each text in a regression.
    case values([Float])
}

extension Gold {
    /// The task that they are answers to.
    package var task: TaskKind {
        switch self {
        case .labels: .classification
        case .labelSets: .multiLabel
        case .values: .regression
        }
    }

    /// How many texts there are.
    package var count: Int {
        switch self {
        case .labels(let labels): labels.count
        case .labelSets(let sets): sets.count
        case .values(let values): values.count
        }
    }

    /// The right answers for some of the texts, in the order of `texts`.
    package func gathered(_ texts: [Int]) -> Gold {
        switch self {
        case .labels(let labels): .labels(texts.map { labels[$0] })
        case .labelSets(let sets): .labelSets(texts.map { sets[$0] })
        case .values(let values): .values(texts.map { values[$0] })
        }
    }

    /// These answers, and then others to the same task.
    package func joined(with other: Gold) -> Gold {
        switch self {
        case .labels(let labels): .labels(labels + other.labels)
        case .labelSets(let sets): .labelSets(sets + other.labelSets)
        case .values(let values): .values(values + other.values)
        }
    }

    /// The labels, where labels are what the task is about.
    package var labels: [Int] {
        guard case .labels(let labels) = self else { preconditionFailure("labels are wanted") }
        return labels
    }

    /// The labels of each text, however many a text may have; none in a regression.
    package var labelsOfTexts: [[Int]] {
        switch self {
        case .labels(let labels): labels.map { [$0] }
        case .labelSets(let sets): sets
        case .values(let values): values.map { _ in [] }
        }
    }

    /// The labels of each text, where it may have any number of them.
    package var labelSets: [[Int]] {
        guard case .labelSets(let sets) = self else { preconditionFailure("sets are wanted") }
        return sets
    }

    /// The numbers, where numbers are what the task is about.
    package var values: [Float] {
        guard case .values(let values) = self else { preconditionFailure("numbers are wanted") }
        return values
    }

    /// The answers as bits, one word per text, to tell two sets apart.
    package var bits: [UInt64] {
        switch self {
        case .labels(let labels): labels.map(UInt64.init)
        case .labelSets(let sets):
            sets.map { $0.reduce(1) { ($0 &* 0x100_0000_01b3) ^ (UInt64($1) &+ 1) } }
        case .values(let values): values.map { UInt64($0.bitPattern) }
        }
    }
}
