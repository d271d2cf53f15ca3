import ArgumentParser
import Offramp
import OfframpData
import OfframpFiles

/// How a data file is written and which of its columns count.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format of the data (default: by the file's ending; standard input is read as plain lines).",
            valueName: DataFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format: DataFormat?

    @Option(
        help: ArgumentHelp(
            "What stands between the columns of a table, or tab (default: commas in csv, tabs in tsv, or "
                + "what the first line shows).",
            valueName: "character"))
    var separator: String?

    @Option(
        help: ArgumentHelp(
            "Whether fields of a table may stand in quotes (default: csv in csv, none in tsv).",
            valueName: DialectChoice.Quoting.allCases.map(\.rawValue).joined(separator: "|")))
    var quoting: DialectChoice.Quoting?

    @Option(
        help: ArgumentHelp(
            "The column of the text: its name, or its number from 1 in a file without a header.",
            valueName: "column"))
    var textColumn: String?

    @Option(help: ArgumentHelp("The column of the second text.", valueName: "column"))
    var pairColumn: String?

    @Option(help: ArgumentHelp("The column of the label.", valueName: "column"))
    var labelColumn: String?

    /// How files are read.
    func reading() throws -> ReadingOptions {
        ReadingOptions(
            format: format,
            columns: try ColumnChoice(text: textColumn, pair: pairColumn, label: labelColumn),
            dialect: try DialectChoice(separator: separator, quoting: quoting))
    }

    /// Reads the texts of files whose labels, if they have any, do not matter. Bad rows are noted.
    ///
    /// - Throws: `OfframpError`: `data` when there are no texts.
    func texts(_ paths: [String], _ notes: NoteOptions) throws -> [TextInput] {
        var files = try RowFiles(paths, reading().withoutLabels)
        var texts: [TextInput] = []
        while let row = try files.next() {
            switch row {
            case .success(let row): texts.append(TextInput(row.text, pair: row.pair))
            case .failure(let row): notes.note("\(row.error)")
            }
        }
        for note in files.takeNotes() { notes.note(note) }
        guard !texts.isEmpty else {
            throw OfframpError(.data, at: paths[0], found: "no texts", expected: "at least one")
        }
        return texts
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

    /// Reads labelled files, one behind the other.
    ///
    /// - Parameter labels: what is known of the labels.
    func dataset(
        _ paths: [String], _ labels: KnownLabels, _ notes: NoteOptions
    ) throws -> Dataset {
        let data = try Dataset(
            paths, file.reading(), separator: labelSeparator, labels: labels)
        for note in data.notes { notes.note(note) }
        return data
    }
}

extension DataFormat: ExpressibleByArgument {}
extension DialectChoice.Quoting: ExpressibleByArgument {}
