import Glibc
import Synchronization

/// A thread that takes part in one job after the other.
package final class Helper: Sendable {
    /// What the thread is at; any other value is the job that it was offered, retained.
    private enum State {
        static let alert: UInt = 0
        static let asleep: UInt = 1
        static let busy: UInt = 2
        static let dismissed: UInt = 3
    }

    private let state = Atomic(State.alert)
    private let alarm = Semaphore()

    private init() {}

    /// Starts a thread; `nil` when the system gives none.
    package static func start() -> Helper? {
        let helper = Helper()
        let own = Unmanaged.passRetained(helper)
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument {
                    Unmanaged<Helper>.fromOpaque(argument).takeRetainedValue().live()
                }
                return nil
            }, own.toOpaque())
        guard status == 0 else {
            own.release()
            return nil
        }
        pthread_detach(thread)
        return helper
    }

    /// Whether the thread would begin a job right away.
    package var isIdle: Bool { state.load(ordering: .relaxed) <= State.asleep }

    /// Invites the thread to a job; nothing happens if it has another.
    package func offer(_ job: Job) {
        let offered = Unmanaged.passRetained(job)
        let value = UInt(bitPattern: offered.toOpaque())
        if change(State.alert, to: value) { return }
        if change(State.asleep, to: value) { return alarm.signal() }
        offered.release()
    }

    /// Takes an offer back that the thread has not seen yet.
    package func withdraw(_ job: Job) {
        let offered = Unmanaged.passUnretained(job)
        if change(UInt(bitPattern: offered.toOpaque()), to: State.alert) { offered.release() }
    }

    /// Ends the thread when it has finished what it is doing. There must be no offers any more.
    package func dismiss() {
        let before = state.exchange(State.dismissed, ordering: .acquiringAndReleasing)
        if before == State.asleep { alarm.signal() }
    }

    private func live() {
        while true {
            let found = nextState()
            if found == State.dismissed { return }
            guard change(found, to: State.busy) else { continue }
            if let job = UnsafeRawPointer(bitPattern: found) {
                Unmanaged<Job>.fromOpaque(job).takeRetainedValue().help {
                    _ = change(State.busy, to: State.alert)
                }
            }
        }
    }

    /// Waits until there is a job, or the thread is dismissed.
    private func nextState() -> UInt {
        while true {
            var found = State.alert
            let isCalled = Patience.lasts {
                found = state.load(ordering: .acquiring)
                return found != State.alert
            }
            if isCalled { return found }
            if change(State.alert, to: State.asleep) { alarm.wait() }
        }
    }

    private func change(_ old: UInt, to new: UInt) -> Bool {
        state.compareExchange(expected: old, desired: new, ordering: .acquiringAndReleasing)
            .exchanged
    }
}
