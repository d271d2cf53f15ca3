import ArgumentParser
import Offramp

/// Which model answers, or which ones from small to large.
struct CascadeOptions: ParsableArguments {
    @OptionGroup var model: ModelOptions

    @Option(
        help: ArgumentHelp(
            "Checkpoint folders from small to large, instead of --checkpoint: each answers the texts that it is sure "
                + "of and hands the others on to the next. The other model options hold for each of them.",
            valueName: "small,large"),
        transform: Self.folders)
    var cascade: [String] = []

    @Option(
        help: ArgumentHelp(
            "The least confidence of an answer that is not handed on (default: as calibrate --cascade has saved, or "
                + "0.9).",
            valueName: "x"))
    var cascadeThreshold: Float?

    func validate() throws {
        if !cascade.isEmpty, model.checkpoint != nil {
            throw ValidationError("Either --checkpoint or --cascade.")
        }
        if cascade.isEmpty, cascadeThreshold != nil {
            throw ValidationError("--cascade-threshold goes with --cascade.")
        }
        if let cascadeThreshold, !(cascadeThreshold >= 0) {
            throw ValidationError("--cascade-threshold is at least 0.")
        }
    }

    /// Refuses options beside `--cascade` that are about one model.
    ///
    /// - Parameter options: their names, and whether they were given.
    func refuse(_ options: KeyValuePairs<String, Bool>) throws {
        guard !cascade.isEmpty, let given = options.first(where: \.value) else { return }
        throw ValidationError("Either --cascade or \(given.key), which is about one model.")
    }

    /// Loads what was asked for: a cascade, or a classifier alone as a cascade of one.
    func classifiers(_ notes: NoteOptions) throws -> ClassifierCascade {
        guard !cascade.isEmpty else { return try ClassifierCascade([model.classifier(notes)]) }
        let loaded = try loadedCascade(notes)
        if cascadeThreshold == nil, !loaded.isCalibrated {
            notes.note(
                "nothing is calibrated for this cascade: answers stand from a confidence of \(loaded.threshold); "
                    + "calibrate --cascade \(cascade.joined(separator: ",")) chooses better")
        }
        return loaded
    }

    /// Loads a cascade, calibrated or not.
    func loadedCascade(_ notes: NoteOptions) throws -> ClassifierCascade {
        try ClassifierCascade(
            cascade.map { try model.classifier(notes, in: $0) }, threshold: cascadeThreshold)
    }

    private static func folders(_ text: String) throws -> [String] {
        let folders = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard folders.count > 1, !folders.contains("") else {
            throw ValidationError("expected at least two folders with commas between")
        }
        return folders
    }
}
