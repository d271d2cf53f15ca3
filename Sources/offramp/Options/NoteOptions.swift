import ArgumentParser
import OfframpEngine
import OfframpFiles

/// Whether notes are written.
struct NoteOptions: ParsableArguments {
    @Flag(help: "Write no notes and no progress to standard error.")
    var quiet = false

    /// Writes a line that is not data.
    func note(_ line: @autoclosure () -> String) {
        if !quiet { Notes.write(line()) }
    }

    /// Names the weights that are there for nothing.
    func note(unusedOf checkpoint: Checkpoint) {
        let unused = checkpoint.unusedTensors
        guard !unused.isEmpty else { return }
        let shown = unused.prefix(3).joined(separator: ", ") + (unused.count > 3 ? ", …" : "")
        note("\(checkpoint.weights.path): not used: \(shown)")
    }

    /// Names the first bad rows: a wrong label set makes a whole file bad.
    func note(badRows: [OfframpError]) {
        let shown = 10
        for error in badRows.prefix(shown) { note("\(error)") }
        if badRows.count > shown { note("and \((badRows.count - shown).grouped) more bad rows") }
    }
}
