import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTokenizer

// Where a file's labels and a model's task meet.

extension ModelTask {
    /// The task that a data file poses.
    package init(_ targets: TargetKind) {
        switch targets {
        case .labels(let labels): self = .classification(labels.names)
        case .labelSets(let labels): self.init(.multiLabel, labelNames: labels.names)
        case .value: self = .regression
        }
    }

    /// What a data file's labels must be for this task.
    ///
    /// - Throws: `OfframpError` (`usage`) for a model with fewer than two labels.
    package func targetKind() throws -> TargetKind {
        switch kind {
        case .classification: .labels(try LabelSet(labelNames))
        case .multiLabel: .labelSets(try LabelSet(labelNames))
        case .regression: .value
        }
    }
}

extension Dataset {
    /// The right answers.
    package var gold: Gold {
        switch kind {
        case .labels: .labels(rows.compactMap(\.target.label))
        case .labelSets: .labelSets(rows.compactMap(\.target.labels))
        case .value: .values(rows.compactMap(\.target.value))
        }
    }

    /// The texts with their second texts.
    package var inputs: [TextInput] { rows.map { TextInput($0.text, pair: $0.pair) } }
}

extension LoadedModel {
    /// What every exit says about labelled rows, beside the right answers.
    ///
    /// - Throws: `OfframpError` (`data`) for pairs where the model knows one segment only.
    package func trace(_ rows: Dataset) throws -> Trace {
        try trace(rows.inputs, gold: rows.gold)
    }
}
