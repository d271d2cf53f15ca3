/// What went wrong with something that came from outside: a file, a flag, a checkpoint.
///
/// Every library throws this one type; the command line turns its `kind` into an exit code.
public struct OfframpError: Error, Sendable, Equatable {
    /// The class of a failure, after BSD's `sysexits.h`.
    public enum Kind: Int32, Sendable {
        /// A flag or a value that does not exist or is out of range.
        case usage = 64
        /// Content that does not have the form it must have.
        case data = 65
        /// A file or folder that is not there or cannot be opened.
        case noInput = 66
        /// Reading or writing failed half-way.
        case io = 74
        /// Something is in use that will be free again: trying later may help.
        case busy = 75
    }

    /// The class of the failure.
    public let kind: Kind
    /// Where: a file with line and column, a tensor's name, a flag.
    public let place: String
    /// What stood there.
    public let found: String
    /// What should have stood there.
    public let expected: String

    /// Describes one failure; all texts are phrases without a full stop.
    public init(_ kind: Kind, at place: String, found: String, expected: String) {
        self.kind = kind
        self.place = place
        self.found = found
        self.expected = expected
    }

    /// The same fault at a place that says more.
    package func at(_ place: String) -> OfframpError {
        OfframpError(kind, at: place, found: found, expected: expected)
    }
}

extension OfframpError: CustomStringConvertible {
    /// The sentence that the user sees.
    public var description: String { "\(place): found \(found), expected \(expected)" }
}
