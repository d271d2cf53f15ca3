import Glibc
import OfframpFiles

/// On an interrupt, half-written files are removed and the process ends.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    /// From here on Ctrl-C, a termination and a closed terminal leave no half-written file, and a
    /// file that grows beyond its limit is an error of the write.
    ///
    /// A thread waits for the signals, because a signal handler may call next to nothing. Call this
    /// before any other thread starts: threads inherit the mask.
    static func cleansUp() {
        signal(SIGXFSZ, SIG_IGN)
        var blocked = sigset_t()
        sigemptyset(&blocked)
        for signal in signals where !isIgnored(signal) { sigaddset(&blocked, signal) }
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
        if status == 0 { pthread_detach(thread) }
    }

    private static func wait() -> Never {
        var blocked = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &blocked)
        var awaited = sigset_t()
        sigemptyset(&awaited)
        for signal in signals where sigismember(&blocked, signal) == 1 {
            sigaddset(&awaited, signal)
        }
        var signal: Int32 = 0
        while sigwait(&awaited, &signal) != 0 { pause() }
        // Shells expect 128 plus the signal's number: 130 for an interrupt.
        UnfinishedFiles.discardAndExit(128 + signal)
    }

    /// `nohup`, and shells that start a job in the background, have some signals ignored.
    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        return handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
