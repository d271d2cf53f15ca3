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

    /// Opens a checkpoint and names the weights in it that are there for nothing.
    func checkpoint(_ folder: String) throws -> Checkpoint {
        let checkpoint = try Checkpoint(folder)
        let unused = checkpoint.unusedTensors
        guard !unused.isEmpty else { return checkpoint }
        let shown = unused.prefix(3).joined(separator: ", ") + (unused.count > 3 ? ", …" : "")
        note("\(checkpoint.weights.path): not used: \(shown)")
        return checkpoint
    }

    /// Names the first bad rows: a wrong label set makes a whole file bad.
    func note(badRows: [OfframpError]) {
        let shown = 10
        for error in badRows.prefix(shown) { note("\(error)") }
        if badRows.count > shown { note("and \((badRows.count - shown).grouped) more bad rows") }
    }
}
