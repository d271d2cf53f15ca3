import OfframpData
import OfframpEngine
import OfframpTokenizer
import OfframpTraining

/// The rows of a training run by their use.
struct TrainingData {
    /// What is learned from.
    let train: TrainingSet
    /// What epochs and operating points are chosen on.
    let choosing: TrainingSet
    /// What is reported; `nil` without `--dev`.
    let reporting: TrainingSet?
    let task: ModelTask

    /// The share held out where nothing else is there to choose by.
    private static let usualShare = 0.05

    /// Reads and tokenises the files.
    init(_ command: Train, from source: Checkpoint, tokenizer: Tokenizer) throws {
        let rows = try Dataset(
            path: command.train, format: command.data.format, columns: command.data.columns(),
            kind: Self.kind(command, source)
        ).refusingBadRows()
        let dev = try command.dev.map {
            try Dataset(
                path: $0, format: command.data.format, columns: command.data.columns(),
                kind: rows.kind
            ).refusingBadRows()
        }
        task = ModelTask(rows.kind)
        let set = { (rows: Dataset) in TrainingSet(rows, tokenizer) }
        reporting = dev.map(set)
        let share = command.holdOut ?? (dev == nil ? Self.usualShare : 0)
        guard share > 0 else {
            // `validate` has seen to it that there is a dev file.
            (train, choosing) = (set(rows), reporting ?? set(rows))
            return
        }
        let split = try HoldOut(share: share, seed: command.training.seed).split(rows)
        (train, choosing) = (set(split.train), set(split.heldOut))
        command.note(
            "\(rows.rows.count.grouped) rows: \(train.count.grouped) to learn from, "
                + "\(choosing.count.grouped) to choose by, \(split.droppedRows.grouped) dropped "
                + "because they stand inside one of these")
    }

    /// The labels: as asked for, as a trained checkpoint has them, or as the file does (`nil`).
    private static func kind(_ command: Train, _ source: Checkpoint) throws -> TargetKind? {
        if let labels = command.labels {
            return .labels(try LabelSet(labels.split(separator: ",").map(String.init)))
        }
        guard !source.methods.isEmpty else { return nil }
        return try source.task?.targetKind()
    }
}

extension TrainingSet {
    /// Tokenises rows.
    init(_ rows: Dataset, _ tokenizer: Tokenizer) {
        self.init(
            texts: rows.rows.map { tokenizer.encode($0.text, pair: $0.pair) },
            targets: rows.targets)
    }
}
