import Glibc

/// A value that one thread at a time reads or changes.
///
/// It works in the child of a fork as well. The standard library's `Mutex` does not: it knows the thread that has
/// it by its number, and a child's thread takes itself for that of its parent.
///
/// Unchecked `Sendable`: the value is touched under the lock alone.
final class Lock<Value>: @unchecked Sendable {
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
    }

    /// Runs a body that has the value to itself.
    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }
}
