import ArgumentParser
import Glibc
import OfframpFiles

/// The one place that decides how the process ends.
///
/// 0 success, 64 usage, 65 bad data, 66 no input, 74 I/O (BSD's `sysexits.h`), 130 interrupted.
enum ExitStatus {
    /// Says what went wrong, if anything did, and ends the process.
    static func exit(after error: any Error) -> Never {
        // The argument parser ends usage errors with 64, help and version with 0.
        guard let error = error as? OfframpError else { OfframpCommand.exit(withError: error) }
        Notes.write("Error: \(error)")
        Glibc.exit(error.kind.rawValue)
    }
}
