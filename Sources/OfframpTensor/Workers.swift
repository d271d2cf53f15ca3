import Glibc
import Synchronization

/// Runs independent pieces of work on threads of their own, one a core.
public struct Workers: Sendable {
    /// How many threads work at once.
    public let count: Int

    /// So many workers.
    public init(count: Int) {
        precondition(count > 0, "at least one worker")
        self.count = count
    }

    /// One worker for each processor that is online.
    public static var all: Workers {
        Workers(count: max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1))
    }

    /// Applies `work` to every number below `count`; results come in order.
    ///
    /// Each worker takes the next number that is free, so uneven pieces even out.
    public func map<Result: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: count))
        let next = Atomic(0)
        onThreads(min(self.count, count)) {
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                let result = work(index)
                results.withLock { $0[index] = result }
            }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    /// Runs the same body on so many threads, this one included, and waits for all.
    private func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        let threads = (1..<max(count, 1)).compactMap { _ in Self.start(body) }
        body()
        for thread in threads { pthread_join(thread, nil) }
    }

    private final class Job {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// `nil` when the system gives no thread: the work is then done by those there are.
    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        let job = Unmanaged.passRetained(Job(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, job.toOpaque())
        guard status == 0 else {
            job.release()
            return nil
        }
        return thread
    }
}
