import Glibc
import OfframpFiles

/// The one place that decides how the process ends.
///
/// 0 success, 64 usage, 65 bad data, 66 no input, 74 I/O, 75 try again later (BSD's `sysexits.h`), 130
/// interrupted.
enum ExitStatus {
    /// Says what went wrong and ends the process.
    static func exit(after error: OfframpError) -> Never {
        Notes.write("Error: \(error)")
        Glibc.exit(error.kind.rawValue)
    }
}
