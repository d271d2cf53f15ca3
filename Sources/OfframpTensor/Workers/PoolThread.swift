import Glibc
import Synchronization

/// A thread that runs one job after another.
package final class PoolThread: Sendable {
    /// The thread's state. Any other value is a retained pointer to an offered job.
    private enum State {
        static let spinning: UInt = 0
        static let asleep: UInt = 1
        static let busy: UInt = 2
        static let stopped: UInt = 3
    }

    /// How many threads have a job in hand, or what is left of one.
    private static let working = Atomic(0)

    private let state = Atomic(State.spinning)
    private let wakeUp = Semaphore()

    private init() {}

    /// Starts a thread; `nil` if the system refuses.
    package static func start() -> PoolThread? {
        let thread = PoolThread()
        let retained = Unmanaged.passRetained(thread)
        var handle = pthread_t()
        let status = pthread_create(
            &handle, nil,
            { argument in
                if let argument {
                    Unmanaged<PoolThread>.fromOpaque(argument).takeRetainedValue().runJobs()
                }
                return nil
            }, retained.toOpaque())
        guard status == 0 else {
            retained.release()
            return nil
        }
        pthread_detach(handle)
        return thread
    }

    /// Whether the thread would start a job right away.
    package var isIdle: Bool { state.load(ordering: .relaxed) <= State.asleep }

    /// Offers a job; a thread that has one already ignores it.
    package func offer(_ job: Job) {
        let offered = Unmanaged.passRetained(job)
        let value = UInt(bitPattern: offered.toOpaque())
        if change(State.spinning, to: value) { return }
        if change(State.asleep, to: value) { return wakeUp.signal() }
        offered.release()
    }

    /// Takes back an offer that the thread has not accepted yet.
    package func withdraw(_ job: Job) {
        let offered = Unmanaged.passUnretained(job)
        if change(UInt(bitPattern: offered.toOpaque()), to: State.spinning) { offered.release() }
    }

    /// Ends the thread after its current job. Nothing may be offered from then on.
    package func stop() {
        let before = state.exchange(State.stopped, ordering: .acquiringAndReleasing)
        if before == State.asleep { wakeUp.signal() }
    }

    private func runJobs() {
        while true {
            let found = nextState()
            if found == State.stopped { return }
            // Before the job is accepted: from then on its caller may take it for done.
            Self.working.wrappingAdd(1, ordering: .sequentiallyConsistent)
            if change(found, to: State.busy), let job = UnsafeRawPointer(bitPattern: found) {
                run(job)
            }
            Self.working.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        }
    }

    private func run(_ job: UnsafeRawPointer) {
        Unmanaged<Job>.fromOpaque(job).takeRetainedValue().runOnPoolThread {
            _ = change(State.busy, to: State.spinning)
        }
    }

    /// Whether no thread has a job in hand. Its caller may know that a job is done a moment before the thread
    /// that did it has let go of the job, and of what that kept.
    static var areAllIdle: Bool { working.load(ordering: .sequentiallyConsistent) == 0 }

    /// Waits for a job or for `stop()`.
    private func nextState() -> UInt {
        while true {
            var found = State.spinning
            let isCalled = SpinWait.until {
                found = state.load(ordering: .acquiring)
                return found != State.spinning
            }
            if isCalled { return found }
            if change(State.spinning, to: State.asleep) { wakeUp.wait() }
        }
    }

    private func change(_ old: UInt, to new: UInt) -> Bool {
        state.compareExchange(expected: old, desired: new, ordering: .acquiringAndReleasing)
            .exchanged
    }
}
