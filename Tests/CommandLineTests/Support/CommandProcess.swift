import Glibc

/// A running `offramp`, its standard streams connected to files.
struct CommandProcess {
    private let identifier: pid_t

    /// Starts the executable beside the test bundle.
    ///
    /// - Parameter script: what a shell runs, the command being `"$@"`; `nil` for no shell.
    init(
        _ arguments: [String], input: String, output: String, notes: String,
        environment: [String] = [], under script: String? = nil
    ) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        let create = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, create, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, notes, create, 0o600)
        var attributes = Self.plainSignals()
        let shell = script.map { ["/bin/sh", "-c", $0, "sh"] } ?? []
        identifier = Self.withPointers(shell + [Self.executable] + arguments) { arguments in
            Self.withPointers(environment) { environment in
                var identifier = pid_t()
                let status = posix_spawn(
                    &identifier, shell.first ?? Self.executable, &actions, &attributes, arguments,
                    environment)
                precondition(status == 0, "\(Self.executable) does not start")
                return identifier
            }
        }
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(identifier, signal) }

    /// Waits for the end and gives the exit status, or the negative number of a fatal signal.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : -signal
    }

    /// Signals as a shell gives them to a command, whatever the test runner ignores or blocks.
    private static func plainSignals() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var plain = sigset_t()
        sigemptyset(&plain)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE] { sigaddset(&plain, signal) }
        posix_spawnattr_setsigdefault(&attributes, &plain)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return attributes
    }

    private static let executable: String = {
        guard let path = realpath("/proc/self/exe", nil) else { return "offramp" }
        defer { free(path) }
        let runner = String(cString: path)
        return runner[...(runner.lastIndex(of: "/") ?? runner.startIndex)] + "offramp"
    }()

    private static func withPointers<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
