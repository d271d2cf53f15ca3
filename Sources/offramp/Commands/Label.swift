import ArgumentParser
import OfframpData
import OfframpFiles

/// Labels all rows of a file.
struct Label: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Label the rows of files: txt, TSV, CSV, JSONL or fastText's.",
        discussion: """
            Every row of the input has its row in the output, in the same order: its own fields, \
            then label, score, exit, truncated and error, or what --columns names. A bad row gets \
            an error and does not stop the file. Files that end with .gz or .zst are compressed, on both sides.
            """)

    @Argument(help: "The files, or - for standard input.")
    var inputs: [String]

    @Option(help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The format to write (default: by the file's ending; standard output is JSONL).",
            valueName: DataFormat.written.map(\.rawValue).joined(separator: "|")))
    var outputFormat: DataFormat?

    @Option(
        help: ArgumentHelp(
            "What is added to each row, with commas between (default: all but the probabilities).",
            valueName: AddedColumns.names),
        transform: AddedColumns.parsed)
    var columns: [AddedColumn] = AddedColumn.usual

    @Option(
        help: ArgumentHelp(
            "Whether bad rows stay, with their error, are left out, or end the run with nothing written.",
            valueName: BadRowChoice.allCases.map(\.rawValue).joined(separator: "|")))
    var onError = BadRowChoice.keep

    @Option(
        help: ArgumentHelp(
            "Label the i-th of N equal parts of the rows, for machines that share them; the parts' outputs, one "
                + "behind the other, are the whole.",
            valueName: "i/N"),
        transform: Shard.parsed)
    var shard: Shard?

    @Flag(help: "Replace the output file if it exists.")
    var force = false

    @OptionGroup(title: "Data options") var data: DataOptions
    @OptionGroup var longTexts: LongTextOptions
    @OptionGroup(title: "Drift") var watchOptions: WatchOptions
    @OptionGroup(title: "Model options") var model: ModelOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func validate() throws {
        if shard != nil, inputs.contains("-") {
            throw ValidationError(
                "--shard reads the rows twice, which standard input does not allow.")
        }
        if outputOptions.json, let outputFormat, outputFormat != .jsonl {
            throw ValidationError("Either --json or --output-format \(outputFormat.rawValue).")
        }
    }

    func run() throws {
        let format = try writtenFormat()
        // The input before the output: a mistyped name must not leave an empty file.
        let reading = try data.reading().withoutLabels
        let files = try RowFiles(inputs, reading)
        let range = try shard.map { $0.range(of: try RowFiles.rowCount(inputs, reading)) }
        var writer = try ResultWriter(
            path: output, overwriting: force, format: format, columns: files.columns,
            added: columns)
        let classifier = try model.classifier(outputOptions.notes).with(longTexts: longTexts.long)
        var labelling = Labelling(
            classifier: classifier, watch: try watchOptions.watch(classifier), badRows: onError,
            notes: outputOptions.notes)
        let damage = try labelling.label(chunks(of: files, in: range), to: &writer)
        try writer.finish()
        if let damage { throw damage }
    }

    private func chunks(of files: consuming RowFiles, in range: Range<Int>?) -> RowChunks {
        RowChunks(
            files, isStream: inputs.contains("-"),
            most: watchOptions.watch == nil ? RowChunks.usualRows : Watch.chunkRows, in: range)
    }

    private func writtenFormat() throws -> DataFormat {
        if let outputFormat { return outputFormat }
        if output == "-" || outputOptions.json { return .jsonl }
        return try DataFormat(path: output, among: DataFormat.written, or: "--output-format")
    }
}
