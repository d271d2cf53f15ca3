import ArgumentParser

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
}
