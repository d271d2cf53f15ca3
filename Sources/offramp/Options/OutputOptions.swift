import ArgumentParser
import OfframpFiles

/// How results and notes are written.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write JSON, one object a line.")
    var json = false

    @Flag(help: "Write no notes and no progress to standard error.")
    var quiet = false

    /// Tells something that is not data.
    func note(_ line: @autoclosure () -> String) {
        if !quiet { Notes.write(line()) }
    }

    /// Names the first bad rows: a wrong label set makes a whole file bad.
    func tell(_ badRows: [OfframpError]) {
        let shown = 10
        for error in badRows.prefix(shown) { note("\(error)") }
        if badRows.count > shown { note("and \((badRows.count - shown).grouped) more bad rows") }
    }

    /// Writes a whole result to standard output, in the form that was asked for.
    func write(json value: @autoclosure () -> JSON, text: @autoclosure () -> String) throws {
        var output = try OutputFile(path: "-", overwriting: false)
        try output.write(json ? value().text() + "\n" : text())
        try output.commit()
    }
}
