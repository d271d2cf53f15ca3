import Glibc

/// The three streams that every program counts on.
enum StandardStreams {
    /// Takes the places of streams that are closed, so that no file is opened in them and gets what is
    /// meant for them. Using them still fails: these stand-ins go the other way.
    static func fill() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
