import Glibc
import OfframpFiles

/// What an interrupt does: half-written files go, then the process ends.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    /// From here on Ctrl-C, a termination and a closed terminal leave no half-written file, and a
    /// file that grows beyond its limit is an error of the write.
    ///
    /// A thread waits for the signals, as a signal handler may hardly call anything. Must come
    /// before all other threads, which inherit the mask.
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
        // A shell expects 128 and the signal's number: 130 for an interrupt.
        UnfinishedFiles.discardAndExit(128 + signal)
    }

    /// `nohup` and shells that start a job in the background ask for some signals to be ignored.
    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        return handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
