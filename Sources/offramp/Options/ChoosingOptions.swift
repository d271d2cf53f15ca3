import ArgumentParser
import OfframpData
import OfframpExit
import OfframpTraining

/// Which rows policies are chosen on, and which are only reported on.
struct ChoosingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A labelled file to report on.", valueName: "file"))
    var dev: String?

    @Option(
        help: ArgumentHelp(
            "The share of the training rows to hold out for choosing (default: 0.05 without --dev, else 0).",
            valueName: "share"))
    var holdOut: Double?

    @Option(
        help: ArgumentHelp(
            "What is chosen and reported by (default: accuracy, f1_micro for several labels, pearson "
                + "for numbers).",
            valueName: Metric.catalog.map(\.name).joined(separator: "|")))
    var metric: String?

    func validate() throws {
        if let holdOut, !(0..<1).contains(holdOut) {
            throw ValidationError("--hold-out is a share from 0 to below 1.")
        }
        if holdOut == 0, dev == nil {
            throw ValidationError("Without --dev some rows must be held out for choosing.")
        }
    }
}

extension ChoosingOptions {
    /// Reads the files that a command names, and deals their rows.
    ///
    /// - Parameters:
    ///   - train: the files to learn from.
    ///   - labels: what is known of the labels.
    func rows(
        _ train: [String], _ options: LabelledDataOptions, _ labels: KnownLabels,
        _ notes: NoteOptions
    ) throws -> TrainingRows {
        func read(_ paths: [String], _ labels: KnownLabels) throws -> Dataset {
            try options.dataset(paths, labels, notes).refusingBadRows()
        }
        let all = try read(train, labels)
        let report = try dev.map { try read([$0], .model(all.kind)) }
        if let warning = all.warning(against: report) { notes.note(warning) }
        let rows = try TrainingRows(all, report: report, holdingOut: holdOut)
        if rows.heldOut > 0 {
            notes.note(
                "\(all.rows.count.grouped) rows: \(rows.train.rows.count.grouped) to learn from, "
                    + "\(rows.validation.rows.count.grouped) to choose by, "
                    + "\(rows.droppedRows.grouped) dropped because they are part of one of these")
        }
        return rows
    }
}
