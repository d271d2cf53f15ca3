import OfframpData
import OfframpTensor

/// The rows of a training run by their use.
struct TrainingData {
    /// What is learned from.
    let train: Dataset
    /// What epochs and operating points are chosen on.
    let choosing: Dataset
    /// The share of the training file that `choosing` is; 0 when it is another file.
    let heldOut: Double
    /// What is only reported on; `nil` where nothing is left for it.
    let reporting: Dataset?

    /// The share held out where nothing else is there to choose by.
    private static let usualShare = 0.05
    /// The same for all trainings, so that their averages and teachers have not learned either what
    /// is held out; a larger share holds the rows of a smaller one.
    private static let seed: UInt64 = 42

    /// Reads the files that a command names.
    ///
    /// - Parameters:
    ///   - train: the file to learn from, of which some rows are held out.
    ///   - kind: the labels; `nil` for those that the file has.
    init(
        _ train: String, _ choosing: ChoosingOptions, _ options: DataOptions,
        kind: TargetKind?, note: (String) -> Void
    ) throws {
        let rows = try Self.read(train, options, kind)
        let dev = try choosing.dev.map { try Self.read($0, options, rows.kind) }
        let share = choosing.holdOut ?? (dev == nil ? Self.usualShare : 0)
        heldOut = share
        if share == 0, let dev {
            (self.train, self.choosing, reporting) = (rows, dev, nil)
            return
        }
        var random = RandomSource(seed: Self.seed)
        let split = try HoldOut(share: share).split(rows, using: &random)
        (self.train, self.choosing, reporting) = (split.train, split.heldOut, dev)
        note(
            "\(rows.rows.count.grouped) rows: \(split.train.rows.count.grouped) to learn from, "
                + "\(split.heldOut.rows.count.grouped) to choose by, "
                + "\(split.droppedRows.grouped) dropped because they stand inside one of these")
    }

    private static func read(
        _ path: String, _ options: DataOptions, _ kind: TargetKind?
    ) throws -> Dataset {
        try Dataset(path: path, format: options.format, columns: options.columns(), kind: kind)
            .refusingBadRows()
    }
}
