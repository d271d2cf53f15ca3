import Glibc

extension OfframpError {
    /// The failure of a system call, in the system's words.
    ///
    /// - Parameter code: the error number; by default that of the latest call that failed in this
    ///   thread, so ask before any other call.
    package static func system(
        _ kind: Kind, at place: String, expected: String, code: Int32 = errno
    ) -> OfframpError {
        OfframpError(kind, at: place, found: String(cString: strerror(code)), expected: expected)
    }
}
