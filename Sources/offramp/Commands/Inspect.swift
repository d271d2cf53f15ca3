import ArgumentParser
import OfframpEngine
import OfframpFiles

/// Shows what a checkpoint holds.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a checkpoint holds.",
        discussion: """
            The encoder's shape, parameters and sizes, the labels, and for each method its heads, \
            depths, policy, operating points and measured results.
            """)

    @Argument(
        help: ArgumentHelp("The checkpoint folder (default: the shipped one).", valueName: "dir"))
    var folder: String?

    @OptionGroup var outputOptions: OutputOptions

    func run() throws {
        let inspection = try Inspection(Checkpoint(CheckpointFinder.folder(folder)))
        var output = try OutputFile(path: "-", overwriting: false)
        try output.write(outputOptions.json ? inspection.json.text() + "\n" : inspection.text)
        try output.commit()
    }
}
