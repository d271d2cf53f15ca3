import TestFiles

/// One run of the built `offramp` in which a system call on a file goes wrong.
struct FaultyRun {
    /// What happens at a call.
    enum Fault: String {
        /// It fails, for a reason that such a call may have.
        case failure = "fail"
        /// The process is killed before it.
        case kill
        /// Of the writes, one writes half of what it should.
        case shortWrite = "short"
    }

    /// A call that went wrong.
    struct Struck {
        let name: String
        let path: String
        /// Why it fails, in the system's words.
        let reason: String
    }

    let run: CommandRun
    /// `nil` if there was no such call.
    let struck: Struck?

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - arguments: without the name of the executable.
    ///   - number: of the call, or of the write, counted from 1.
    ///   - folder: the calls that count are on files in it.
    init(_ arguments: [String], _ fault: Fault, at number: Int, in folder: TemporaryFolder) {
        let notes = TemporaryFolder()
        run = CommandRun(
            arguments,
            environment: [
                "LD_PRELOAD=" + FaultLibrary.path, "OFFRAMP_FAULT=\(fault.rawValue):\(number)",
                "OFFRAMP_FAULT_FOLDER=" + folder.path, "OFFRAMP_FAULT_LOG=" + notes("log"),
            ])
        let lines = contents(notes("log")).split(separator: "\n").map(String.init)
        struck = lines.count == 3 ? Struck(name: lines[0], path: lines[1], reason: lines[2]) : nil
    }
}
