import Glibc

/// Notes for people, on standard error.
enum Notes {
    /// Whether standard error is a terminal, where a line may be drawn over.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Whether the input is typed in a terminal; a prompt helps there.
    static let isReadingTerminal = isatty(STDIN_FILENO) == 1

    /// Whether people see the output as it is written, and not a file or a program.
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

    /// Writes one line.
    static func write(_ line: String) { put(line + "\n") }

    /// Writes text as it is. A note that cannot be written is lost: the data matter more.
    static func put(_ text: String) {
        var text = text
        withoutBrokenPipe {
            text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        }
    }

    /// Runs a body in which writing to a closed pipe does not end the process.
    private static func withoutBrokenPipe(_ body: () -> Void) {
        var (signal, before) = (sigset_t(), sigset_t())
        sigemptyset(&signal)
        sigaddset(&signal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signal, &before)
        body()
        var atOnce = timespec()
        while sigtimedwait(&signal, nil, &atOnce) < 0, errno == EINTR {}
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
