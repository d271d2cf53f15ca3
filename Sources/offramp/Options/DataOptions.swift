import ArgumentParser
import OfframpData

/// How a data file is written and which of its columns count.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format of the data (default: by the file's ending).",
            valueName: DataFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format: DataFormat?

    @Option(
        help: ArgumentHelp(
            "The column of the text: its name, or its number from 1 in a file without a header.",
            valueName: "column"))
    var textColumn: String?

    @Option(help: ArgumentHelp("The column of the second text.", valueName: "column"))
    var pairColumn: String?

    @Option(help: ArgumentHelp("The column of the label.", valueName: "column"))
    var labelColumn: String?

    /// The columns that were chosen.
    func columns() throws -> ColumnChoice {
        try ColumnChoice(text: textColumn, pair: pairColumn, label: labelColumn)
    }
}

/// How a labelled data file is written.
struct LabelledDataOptions: ParsableArguments {
    @OptionGroup var file: DataOptions

    @Option(
        help: ArgumentHelp(
            "What stands between the labels of a row that may have several; lists in jsonl need none.",
            valueName: "character"),
        transform: Self.separator)
    var labelSeparator: Character?

    private static func separator(_ text: String) throws -> Character {
        guard let character = text.first, text.count == 1 else {
            throw ValidationError("A label separator is one character.")
        }
        return character
    }

    /// Reads a labelled file.
    ///
    /// - Parameters:
    ///   - kind: the model's labels; `nil` for those that the file has.
    ///   - names: the labels' names, where the file says only how many a row may have.
    func dataset(_ path: String, kind: TargetKind?, names: LabelSet? = nil) throws -> Dataset {
        try Dataset(
            path: path, format: file.format, columns: file.columns(), separator: labelSeparator,
            kind: kind, names: names)
    }
}

extension DataFormat: ExpressibleByArgument {}
