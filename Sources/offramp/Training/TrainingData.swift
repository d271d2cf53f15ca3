import OfframpData
import OfframpEngine
import OfframpTensor

/// The rows of a training run by their use.
struct TrainingData {
    /// What is learned from.
    let train: Dataset
    /// What epochs and operating points are chosen on.
    let choosing: Dataset
    /// What is only reported on; `nil` where nothing is left for it.
    let reporting: Dataset?

    /// The share held out where nothing else is there to choose by.
    private static let usualShare = 0.05

    /// Reads the files that a command names.
    init(_ command: Train, from source: Checkpoint) throws {
        let rows = try Self.read(command.train, command, try Self.kind(command, source))
        let dev = try command.dev.map { try Self.read($0, command, rows.kind) }
        let share = command.holdOut ?? (dev == nil ? Self.usualShare : 0)
        if share == 0, let dev {
            (train, choosing, reporting) = (rows, dev, nil)
            return
        }
        var random = RandomSource(seed: command.training.seed)
        let split = try HoldOut(share: share).split(rows, using: &random)
        (train, choosing, reporting) = (split.train, split.heldOut, dev)
        command.note(
            "\(rows.rows.count.grouped) rows: \(train.rows.count.grouped) to learn from, "
                + "\(choosing.rows.count.grouped) to choose by, \(split.droppedRows.grouped) "
                + "dropped because they stand inside one of these")
    }

    private static func read(
        _ path: String, _ command: Train, _ kind: TargetKind?
    ) throws -> Dataset {
        try Dataset(
            path: path, format: command.data.format, columns: command.data.columns(), kind: kind
        ).refusingBadRows()
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
