import ArgumentParser
import OfframpData
import OfframpEngine
import OfframpFiles
import OfframpTensor
import OfframpTraining

/// Stores the weights of a checkpoint in another type, or in parts.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Store a checkpoint's weights in another type, or in parts.",
        discussion: """
            Writes a checkpoint, or a Hugging Face BERT folder, again with its weights stored as \
            train --store does: int8 has codes with a scale for each row of a matrix, and vectors stay \
            float32. The heads of all methods come along as they are, with their policies and \
            precisions; measured results only where no number was rounded. \
            Vocabulary, configuration and card are copied. With --data it tells what every exit \
            reaches before and after, computed in the precision that each method has by default.

            With --split the output holds a folder for each part, part-1, part-2 and so on, with the \
            layers that it runs and the heads there; the first one has embeddings and vocabulary too. \
            An exit at the depth of a split belongs to the part before it. The library's \
            ClassifierPart runs parts: each answers what it is sure of and hands the rest on to the \
            next. Weights keep their bytes unless --store is given.
            """)

    @Argument(help: ArgumentHelp("The checkpoint or Hugging Face folder.", valueName: "dir"))
    var folder: String

    @Option(
        help: ArgumentHelp(
            "How weights are to be stored; with --split as they are by default.",
            valueName: StorageType.choices),
        transform: StorageType.named)
    var store: ElementType?

    @Option(
        help: ArgumentHelp(
            "Split into parts behind these layers, such as 2 or 2,4.", valueName: "depths"))
    var split: NumberList?

    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var output: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Labelled files to compare on, before and after; - for standard input.",
            valueName: "file"))
    var data: [String] = []

    @Option(
        help: ArgumentHelp(
            "With --data: the heads to compare, by their method (default: all).", valueName: "name"
        ))
    var method: String?

    @OptionGroup var threads: ThreadOptions

    @Flag(help: "Replace the output folder if it holds a checkpoint, or parts of one.")
    var force = false

    @OptionGroup(title: "Data options") var dataOptions: LabelledDataOptions
    @OptionGroup(title: "Output options") var outputOptions: OutputOptions

    func validate() throws {
        if store == nil, split == nil { throw ValidationError("--store, --split or both.") }
        if split != nil, !data.isEmpty {
            throw ValidationError("--data goes with --store alone: parts are no whole checkpoint.")
        }
        if method != nil, data.isEmpty { throw ValidationError("--method goes with --data.") }
    }

    func run() throws {
        let source = try outputOptions.notes.checkpoint(folder)
        if let split {
            try write(source, splitAt: split.numbers)
        } else if let store {
            try write(source, as: store)
        }
    }

    private func write(_ source: Checkpoint, splitAt depths: [Int]) throws {
        let splitting = Splitting(
            source: source, parts: try source.parts(splitAt: depths), storage: store)
        let destination = try OutputFolder(path: output, from: [source.folder], overwriting: force)
        let unmeasured = try splitting.write(into: destination.temporaryPath)
        let report = try splitting.report(
            input: folder, output: output, written: destination.temporaryPath)
        try destination.commit()
        note(unmeasured: unmeasured)
        for line in try splitting.notes() { outputOptions.notes.note(line) }
        outputOptions.notes.note("wrote \(output)")
        try outputOptions.write(outputOptions.text(report))
    }

    private func write(_ source: Checkpoint, as store: ElementType) throws {
        let compared = try comparedMethods(source)
        let destination = try OutputFolder(path: output, from: [source.folder], overwriting: force)
        let datasets = try readData(source)
        let unmeasured = try CheckpointWriter(destination.temporaryPath, overwriting: false)
            .write(source, as: store)
        let converted = try Checkpoint(destination.temporaryPath)
        let report = ConversionReport(
            input: folder, output: output, storage: store,
            before: WeightFigures(source.weights.tensors, bytes: source.folder.bytes),
            after: WeightFigures(converted.weights.tensors, bytes: converted.folder.bytes),
            comparisons: try compared.flatMap { settings in
                try Comparison.all(
                    settings, on: datasets, before: source, after: converted,
                    workers: threads.workers)
            })
        try destination.commit()
        note(unmeasured: unmeasured)
        outputOptions.notes.note("wrote \(output)")
        try outputOptions.write(outputOptions.text(report.report))
    }

    private func note(unmeasured methods: [String]) {
        guard !methods.isEmpty else { return }
        outputOptions.notes.note(
            "left out the measured results and promises of \(methods.joined(separator: ", ")): "
                + "numbers were rounded since")
    }

    /// The heads to compare on data; refuses before a long run what would be refused after it.
    private func comparedMethods(_ source: Checkpoint) throws -> [ExitSettings] {
        guard !data.isEmpty else { return [] }
        _ = try source.defaultMethod()
        return try (method.map { [$0] } ?? source.methods).map(source.settings)
    }

    private func readData(_ source: Checkpoint) throws -> [Dataset] {
        try data.map { path in
            let dataset = try dataOptions.dataset(
                [path], KnownLabels(source.task?.targetKind()), outputOptions.notes)
            outputOptions.notes.note(badRows: dataset.badRows)
            return dataset
        }
    }
}
