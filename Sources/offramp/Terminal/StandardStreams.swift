import Glibc

/// The three streams that every program relies on.
enum StandardStreams {
    /// Opens closed streams, so that no file opened later gets descriptor 0, 1 or 2 and with it what
    /// was meant for a stream. They are opened in the wrong direction, so that using them still fails.
    static func fill() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
