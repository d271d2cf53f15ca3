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

    /// Runs a body that opens a file of the program's own: where it cannot, that is no missing input.
    static func asIO<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as OfframpError where error.kind == .noInput {
            throw OfframpError(
                .io, at: error.place, found: error.found, expected: error.expected)
        }
    }
}
