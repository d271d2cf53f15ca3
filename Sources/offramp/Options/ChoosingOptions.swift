import ArgumentParser

/// Which rows policies are chosen on, and which are only reported on.
struct ChoosingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A labelled file to report on.", valueName: "file"))
    var dev: String?

    @Option(
        help: ArgumentHelp(
            "The share of the training rows to choose by (default: 0.05 without --dev, else 0).",
            valueName: "share"))
    var holdOut: Double?

    func validate() throws {
        if let holdOut, !(0..<1).contains(holdOut) {
            throw ValidationError("--hold-out is a share from 0 to below 1.")
        }
        if holdOut == 0, dev == nil {
            throw ValidationError("Without --dev some rows must be held out to choose by.")
        }
    }
}
