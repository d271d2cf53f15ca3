import Glibc
import OfframpFiles

/// How the process ends after an error of ours; what the parser of the options refuses ends it in `OfframpCommand`, and
/// a signal in `Interruption`.
///
/// 0 success, 64 usage, 65 bad data, 66 no input, 74 I/O, 75 try again later (BSD's `sysexits.h`); 128 and the number
/// of the signal that ended it: 130 on an interrupt, 143 on a termination.
enum ExitStatus {
    /// Says what went wrong and ends the process.
    static func exit(after error: OfframpError) -> Never {
        Notes.write("Error: \(error)")
        Glibc.exit(error.kind.rawValue)
    }
}
