import ArgumentParser
import OfframpEngine

/// Shows what a checkpoint holds.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a checkpoint holds.",
        discussion: """
            The encoder's shape, parameters and sizes, the labels, and for each method its heads, \
            depths, policy, operating points and measured results. Of a part that convert --split has \
            written it shows what the part holds.
            """)

    @Argument(
        help: ArgumentHelp("The checkpoint folder (default: the shipped one).", valueName: "dir"))
    var folder: String?

    @OptionGroup var outputOptions: OutputOptions

    func run() throws {
        let inspection = try Inspection(Checkpoint(opening: CheckpointFinder.folder(folder)))
        try outputOptions.write(outputOptions.text(inspection.report))
    }
}
