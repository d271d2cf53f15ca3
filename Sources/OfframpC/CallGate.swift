import Glibc
import OfframpTensor
import Synchronization

/// Keeps forks and calls apart. A child of a process that forks in the middle of a call of another thread would
/// find the call's locks taken, for ever.
enum CallGate {
    private static let calls = Atomic(0)
    private static let isForking = Atomic(false)

    /// A pause while something ends that takes milliseconds.
    private static let pause: UInt32 = 50

    private static let isWatching: Bool = {
        let isWatching = pthread_atfork(
            {
                isForking.store(true, ordering: .sequentiallyConsistent)
                while calls.load(ordering: .sequentiallyConsistent) > 0 || !Workers.areResting {
                    usleep(pause)
                }
            }, { isForking.store(false, ordering: .releasing) },
            { isForking.store(false, ordering: .releasing) })
        return isWatching == 0
    }()

    /// Begins a call, after a fork in progress.
    static func enter() {
        _ = isWatching
        while true {
            calls.wrappingAdd(1, ordering: .sequentiallyConsistent)
            guard isForking.load(ordering: .sequentiallyConsistent) else { return }
            leave()
            usleep(pause)
        }
    }

    /// Ends a call.
    static func leave() { calls.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
}
