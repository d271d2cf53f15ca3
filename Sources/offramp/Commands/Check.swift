import ArgumentParser
import OfframpData
import OfframpEngine

/// Looks data files over before anything is learned from them.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look labelled files over: duplicates, contradictions, leaks and more.",
        discussion: """
            Counts the labels and finds rows that cannot be read, the same text under two labels, texts of \
            --dev that are learned from, texts without a word, rows without a label, labels of hardly any rows, \
            texts that the checkpoint would cut, and duplicates, each with its lines. What is found is no error: \
            the status is 0. --json lists all of it.
            """)

    @Argument(help: "The files, or - for standard input.")
    var data: [String]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Files that must not hold any of these texts.", valueName: "file"))
    var dev: [String] = []

    @Option(
        help: ArgumentHelp(
            "The checkpoint or Hugging Face folder whose length limit counts (default: the shipped one).",
            valueName: "dir"))
    var checkpoint: String?

    @OptionGroup(title: "Data options") var dataOptions: LabelledDataOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func run() throws {
        let tokenizer = try Checkpoint(CheckpointFinder.folder(checkpoint)).tokenizer()
        let check = try DataCheck(
            data, dev: dev, dataOptions.file.reading(), separator: dataOptions.labelSeparator
        ) { tokenizer.encode($0, pair: $1).isTruncated }
        for note in check.notes { outputOptions.notes.note(note) }
        try outputOptions.write(outputOptions.text(check.report))
    }
}
