import ArgumentParser
import OfframpFiles

/// How results are written.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write JSON, one object per line.")
    var json = false

    @OptionGroup var notes: NoteOptions

    /// A report in the form that was asked for.
    func text(_ report: Report) -> String { json ? report.json.text() + "\n" : report.text }

    /// Writes to standard output as a whole.
    func write(_ text: String) throws {
        var output = try OutputFile(path: "-", overwriting: false)
        try output.write(text)
        try output.commit()
    }
}
