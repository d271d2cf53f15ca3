/// Threads that help a caller with its work. They start when first needed and stop with this object.
final class ThreadPool: Sendable {
    private struct State {
        var threads: [PoolThread] = []
        /// Of the process that started them.
        var forks = Forks.count
        /// Lowered when the system refuses to start another thread.
        var limit: Int
    }

    private let state: Lock<State>
    private let start: @Sendable () -> PoolThread?

    /// An empty pool.
    ///
    /// - Parameters:
    ///   - limit: the largest number of threads.
    ///   - start: starts a thread, or returns `nil` if the system has none to give.
    init(limit: Int, start: @escaping @Sendable () -> PoolThread?) {
        state = Lock(State(limit: limit))
        self.start = start
    }

    /// Up to `wanted` idle threads, started if there are too few.
    func idleThreads(_ wanted: Int) -> [PoolThread] {
        guard wanted > 0 else { return [] }
        return state.withLock { state in
            if state.forks != Forks.count {
                state.threads = []
                state.forks = Forks.count
            }
            while state.threads.count < min(wanted, state.limit) {
                guard let thread = start() else {
                    state.limit = state.threads.count
                    break
                }
                state.threads.append(thread)
            }
            // States change concurrently; a lazy filter would evaluate them twice.
            return Array(state.threads.filter(\.isIdle).prefix(wanted))
        }
    }

    deinit {
        for thread in state.withLock({ $0.threads }) { thread.stop() }
    }
}
