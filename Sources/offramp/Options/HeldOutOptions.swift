import ArgumentParser
import OfframpData
import OfframpTraining

/// Of a training file the rows that a checkpoint has not learned from.
struct HeldOutOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Of a training file, take the rows that train held out with this share: it has not learned from them.",
            valueName: "share"))
    var holdOut: Double?

    func validate() throws {
        if let holdOut, !(holdOut > 0 && holdOut < 1) {
            throw ValidationError("--hold-out is a share above 0 and below 1.")
        }
    }

    /// The rows that were held out, or all of them without the option.
    ///
    /// - Throws: `OfframpError` (`data`) for bad rows: train refuses a file that has some, and held nothing out of it.
    func rows(of dataset: Dataset) throws -> Dataset {
        guard let holdOut else { return dataset }
        let rows = try dataset.refusingBadRows()
        return try TrainingRows(rows, report: nil, holdingOut: holdOut).validation
    }
}
