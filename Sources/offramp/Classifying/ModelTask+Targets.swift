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

    /// The first of the task's metrics, under its usual name.
    var metric: Metric { kind == .classification ? .accuracy : .pearson }
}

extension Dataset {
    /// The texts with their second texts.
    var texts: [(text: String, pair: String?)] { rows.map { ($0.text, $0.pair) } }
}
