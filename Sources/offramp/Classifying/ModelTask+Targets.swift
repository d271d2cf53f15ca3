import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTraining

extension ModelTask {
    /// What a data file's labels must be for this task.
    func targetKind() throws -> TargetKind {
        switch kind {
        case .classification: .labels(try LabelSet(labels))
        case .regression: .value
        }
    }

    /// The task that a data file poses.
    init(_ targets: TargetKind) {
        switch targets {
        case .labels(let labels): self = .classification(labels.names)
        case .value: self = .regression
        }
    }

    /// The first of the task's metrics, under its usual name.
    var metric: Metric { kind == .classification ? .accuracy : .pearson }
}

extension Dataset {
    /// The texts with their second texts.
    var texts: [(text: String, pair: String?)] { rows.map { ($0.text, $0.pair) } }

    /// What the rows are.
    var targets: Targets {
        switch kind {
        case .labels: .labels(rows.compactMap(\.target.label))
        case .value: .values(rows.compactMap(\.target.value))
        }
    }
}
