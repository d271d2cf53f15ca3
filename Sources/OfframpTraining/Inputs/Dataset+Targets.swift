import OfframpData
import OfframpEngine

extension ModelTask {
    /// The task that a data file poses.
    public init(_ targets: TargetKind) {
        switch targets {
        case .labels(let labels): self = .classification(labels.names)
        case .value: self = .regression
        }
    }
}

extension Dataset {
    /// What the rows are.
    public var targets: Targets {
        switch kind {
        case .labels: .labels(rows.compactMap(\.target.label))
        case .value: .values(rows.compactMap(\.target.value))
        }
    }
}
