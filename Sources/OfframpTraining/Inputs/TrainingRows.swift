import OfframpData
import OfframpTensor

/// The rows of a training run by their use.
package struct TrainingRows: Sendable {
    /// What is learned from.
    package let train: Dataset
    /// What epochs, precision and policies are chosen on, as opposed to reported on.
    package let validation: Dataset
    /// What is only reported on; `nil` where nothing is left for it.
    package let report: Dataset?
    /// The share of the training file that `validation` is; 0 when it is another file.
    package let heldOut: Double
    /// Rows that are in no part, because they stand inside a held-out one.
    package let droppedRows: Int

    /// The share held out when there is nothing else to choose by.
    private static let usualShare = 0.05
    /// The same for all trainings, so that their averages and teachers have not learned what is held
    /// out either; a larger share holds the rows of a smaller one.
    private static let seed: UInt64 = 42

    /// Takes rows that are already split.
    package init(train: Dataset, validation: Dataset, report: Dataset? = nil) {
        self.init(train, validation, report, heldOut: 0, droppedRows: 0)
    }

    private init(
        _ train: Dataset, _ validation: Dataset, _ report: Dataset?, heldOut: Double,
        droppedRows: Int
    ) {
        (self.train, self.validation, self.report) = (train, validation, report)
        (self.heldOut, self.droppedRows) = (heldOut, droppedRows)
    }

    /// Holds some of the rows of a file out.
    ///
    /// - Parameters:
    ///   - rows: of the file to learn from.
    ///   - report: another file. If nothing is held out, it serves for choosing instead.
    ///   - share: of the rows to choose by; `nil` for 0.05 without another file, else for 0.
    /// - Throws: `OfframpError`: `usage` for a share out of range, `data` for too few rows.
    package init(_ rows: Dataset, report: Dataset?, holdingOut share: Double?) throws {
        let share = share ?? (report == nil ? Self.usualShare : 0)
        if share == 0, let report {
            self.init(train: rows, validation: report)
            return
        }
        var random = RandomSource(seed: Self.seed)
        let split = try HoldOut(share: share).split(rows, using: &random)
        self.init(
            split.train, split.heldOut, report, heldOut: share, droppedRows: split.droppedRows)
    }
}
