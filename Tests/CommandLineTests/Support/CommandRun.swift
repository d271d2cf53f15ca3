import Glibc
import TestFiles

/// One run of the built `offramp`, from its arguments to its exit status.
struct CommandRun {
    /// The exit status; the negative number of the signal that ended it.
    let status: Int32
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let notes: String

    /// Runs the command to its end.
    ///
    /// - Parameters:
    ///   - arguments: without the name of the executable.
    ///   - input: the bytes of standard input.
    ///   - environment: all of it, `NAME=value`.
    ///   - script: what a shell runs, the command being `"$@"`.
    init(
        _ arguments: [String], input: String = "", environment: [String] = [],
        under script: String? = nil
    ) {
        let folder = TemporaryFolder()
        let process = CommandProcess(
            arguments, input: folder.file("input", input), output: folder("output"),
            notes: folder("notes"), environment: environment, under: script)
        status = process.wait()
        output = contents(folder("output"))
        notes = contents(folder("notes"))
    }

    /// The lines of standard output.
    var lines: [String] {
        var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
