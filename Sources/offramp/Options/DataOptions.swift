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

extension DataFormat: ExpressibleByArgument {}
