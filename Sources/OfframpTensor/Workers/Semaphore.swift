import Glibc

/// Lets one thread sleep until another signals.
///
/// Unchecked `Sendable`: a POSIX semaphore is made to be shared.
final class Semaphore: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    /// Wakes who waits, or lets the next one who would wait pass.
    func signal() { sem_post(semaphore) }

    /// Sleeps until there is a signal, and uses it up.
    func wait() {
        // A signal handler of the process ends the wait early.
        while sem_wait(semaphore) != 0 {}
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }
}
