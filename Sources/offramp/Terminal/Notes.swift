import Glibc

/// What people read beside the data: on standard error.
enum Notes {
    /// Whether standard error is a terminal, where a line may be drawn over.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Whether a person types the input, who may wonder what is waited for.
    static let isReadingTerminal = isatty(STDIN_FILENO) == 1

    /// Writes one line.
    static func write(_ line: String) { put(line + "\n") }

    /// Writes text as it is. A note that cannot be written is lost: the data matter more.
    static func put(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
