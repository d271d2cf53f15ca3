import ArgumentParser
import Offramp
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
            valueName: DataFormat.written.map(\.rawValue).joined(separator: "|")),
        transform: Self.written)
    var outputFormat: DataFormat?

    @Option(
        help: ArgumentHelp(
            "What is added to each row, with commas between (default: all but the probabilities, and the model in a "
                + "cascade).",
            valueName: AddedColumns.names),
        transform: AddedColumns.parsed)
    var columns: [AddedColumn] = []

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

    @Flag(
        help: ArgumentHelp(
            "Keep what is done in a folder beside the output, and go on from there when the same command comes "
                + "again after an interruption."))
    var resume = false

    @Flag(help: "Replace the output file if it exists.")
    var force = false

    @OptionGroup(title: "Data options") var data: DataOptions
    @OptionGroup var longTexts: LongTextOptions
    @OptionGroup(title: "Drift") var watchOptions: WatchOptions
    @OptionGroup(title: "Model options") var models: CascadeOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func validate() throws {
        try models.refuse(["--watch": watchOptions.watch != nil])
        if shard != nil, hasStream {
            throw ValidationError(
                "--shard reads the rows twice, which standard input and pipes do not allow.")
        }
        if resume, hasStream || output == "-" {
            throw ValidationError("--resume goes from files to a file.")
        }
        if resume, watchOptions.watch != nil {
            throw ValidationError("Either --resume or --watch, which must see all rows.")
        }
        if outputOptions.json, let outputFormat, outputFormat != .jsonl {
            throw ValidationError("Either --json or --output-format \(outputFormat.rawValue).")
        }
    }

    func run() throws {
        let format = try writtenFormat()
        if format == .fastText, !columns.isEmpty {
            throw OfframpError(
                .usage, at: "--columns", found: "the format fasttext",
                expected: "a format with columns: tsv, csv or jsonl")
        }
        // The input before the output: a mistyped name must not leave an empty file.
        let reading = try data.reading().withoutLabels
        let files = try RowFiles(inputs, reading)
        let cascade = try models.classifiers(outputOptions.notes).with(longTexts: longTexts.long)
        guard var output = try output(format, files.columns, cascade) else {
            return outputOptions.notes.note("\(self.output) is complete")
        }
        let counted = try shard.map { _ in try RowFiles.rowCount(inputs, reading) }
        let shared = counted.flatMap { shard?.range(of: $0.rows) }
        let range = Self.range(shared, without: output.completedRows)
        if output.completedRows > 0 {
            outputOptions.notes.note("\(output.completedRows.grouped) rows are done, going on")
        }
        var labelling = Labelling(
            cascade: cascade, watch: try watchOptions.watch(cascade.classifiers[0]),
            badRows: onError, notes: outputOptions.notes)
        let damage = try labelling.label(chunks(of: files, in: range), to: &output)
        try output.finish()
        // A shard may end before the damage.
        try end(counted?.damage ?? damage)
    }

    /// Ends the run with what has ended files early; nothing of the files behind them is lost.
    private func end(_ damage: [OfframpError]) throws {
        guard let last = damage.last else { return }
        for error in damage.dropLast() { outputOptions.notes.note("\(error)") }
        throw last
    }

    /// Whether some of the rows can be read once only, and whoever sends them may wait for answers.
    private var hasStream: Bool { inputs.contains(where: RowFiles.isStream) }

    /// What is added to each row.
    private var added: [AddedColumn] {
        if !columns.isEmpty { return columns }
        return models.cascade.isEmpty ? AddedColumn.usual : AddedColumn.usualInCascade
    }

    /// Where the answers go; `nil` where all of them are there from an earlier run.
    private func output(
        _ format: DataFormat, _ names: [String], _ cascade: ClassifierCascade
    ) throws -> ResultOutput? {
        // A part that was left without those before it does not count.
        let open: ResultOutput.Opening = { [isReplacing = force || resume, added] in
            try ResultWriter(
                path: $0, overwriting: isReplacing, format: format, columns: names,
                added: added, hasHeader: $1)
        }
        guard resume else { return try ResultOutput(output, open) }
        let manifest = LabelManifest(
            cascade: cascade, files: try RowFiles.paths(inputs, data.reading()),
            options: try options(format)
        )
        let parts = try ResumableParts(output, manifest: manifest.json(), overwriting: force)
        guard let parts else { return nil }
        return ResultOutput(parts, open)
    }

    /// What the output depends on beside the checkpoint and the files.
    private func options(_ format: DataFormat) throws -> [(name: String, value: String)] {
        [
            ("format", format.rawValue),
            ("columns", added.map(\.rawValue).joined(separator: ",")),
            ("on_error", onError.rawValue), ("shard", shard.map { "\($0)" } ?? "all"),
            ("input_format", data.format?.rawValue ?? "by the ending"),
            ("text_column", data.textColumn ?? "by name"),
            ("pair_column", data.pairColumn ?? "by name"),
            ("separator", data.separator ?? "recognised"),
            ("quoting", data.quoting?.rawValue ?? "recognised"),
        ]
    }

    private static func range(_ shared: Range<Int>?, without rows: Int) -> Range<Int>? {
        guard rows > 0 else { return shared }
        let whole = shared ?? 0..<Int.max
        return min(whole.lowerBound + rows, whole.upperBound)..<whole.upperBound
    }

    private func chunks(of files: consuming RowFiles, in range: Range<Int>?) -> RowChunks {
        RowChunks(
            files, isStream: hasStream,
            most: watchOptions.watch == nil ? RowChunks.usualRows : Watch.chunkRows, in: range)
    }

    /// Reads a format that can be written.
    private static func written(_ name: String) throws -> DataFormat {
        guard let format = DataFormat.written.first(where: { $0.rawValue == name }) else {
            let names = DataFormat.written.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("expected one of \(names)")
        }
        return format
    }

    private func writtenFormat() throws -> DataFormat {
        if let outputFormat { return outputFormat }
        if output == "-" || outputOptions.json { return .jsonl }
        return try DataFormat(path: output, among: DataFormat.written, or: "--output-format")
    }
}
