import Glibc

/// Lets one thread sleep until another signals.
///
/// Unchecked `Sendable`: a POSIX semaphore may be shared between threads.
final class Semaphore: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    /// Wakes one waiting thread; if none waits, the next `wait()` returns at once.
    func signal() { sem_post(semaphore) }

    /// Sleeps until a signal arrives and consumes it.
    func wait() {
        // The handler of a process signal interrupts the wait.
        while sem_wait(semaphore) != 0 {}
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }
}
