import Glibc

/// Threads that share work: whole batches through `map`, and parts of a single operation when there
/// are fewer batches than threads.
///
/// A thread starts when first needed, spins for a moment after its work and then sleeps until there
/// is more. The caller works too and never waits for a thread that has not started a piece, so the
/// work gets done even when the system is busy or gives no threads. Copies share their threads.
package struct Workers: Sendable {
    /// The number of threads that work at once, including the caller's.
    package let count: Int
    private let pool: ThreadPool

    /// Workers on `count` threads, at least one.
    package init(count: Int) {
        self.init(count: count, start: PoolThread.start)
    }

    /// Workers whose threads come from `start`, which returns `nil` when there are no more.
    package init(count: Int, start: @escaping @Sendable () -> PoolThread?) {
        precondition(count > 0, "at least one worker")
        self.count = count
        pool = ThreadPool(limit: count - 1, start: start)
    }

    /// One worker per online processor; the threads are shared by the whole process.
    package static let all = Workers(count: max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1))

    /// Whether no thread of any workers holds a lock. What calls nothing of theirs can rely on it: no thread takes
    /// one on its own.
    package static var areResting: Bool { PoolThread.areAllIdle }

    /// The workers whose `map` runs the current code; outside of any, the current thread alone.
    @TaskLocal package static var current = Workers(count: 1)

    /// Applies `work` to every number below `count`; results come in order.
    ///
    /// Each worker takes the next free number, so uneven pieces even out. Workers that find none left
    /// help the operations of those that still work.
    package func map<Result: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Lock([Result?](repeating: nil, count: count))
        run(count, with: pool.idleThreads(min(self.count, count) - 1)) { index in
            let result = Self.$current.withValue(self) { work(index) }
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    /// The fewest rows of a product that are worth waking another thread for.
    static let leastRows = 4

    /// Cuts `0..<count` into one range for the caller and one per idle thread, and runs `body` on
    /// each.
    ///
    /// - Parameters:
    ///   - count: independent things, such as rows or attention heads.
    ///   - least: the fewest of them that are worth another thread.
    ///   - scratchBytes: private memory for each call of `body`, aligned to a cache line.
    ///   - body: must compute the same for a thing whatever its range, and must not write to memory
    ///     that another range reads or writes.
    package func share(
        _ count: Int, atLeast least: Int, scratchBytes: Int = 0,
        _ body: @escaping (Range<Int>, UnsafeMutableRawPointer) -> Void
    ) {
        let threads = pool.idleThreads(min(self.count, count / least) - 1)
        let pieces = threads.count + 1
        // One block for all pieces, so that each thread gets the part that is in its cache.
        let stride = (scratchBytes + 63) / 64 * 64
        let scratch = BufferPool.shared.take(pieces * stride)
        defer { BufferPool.shared.give(scratch, bytes: pieces * stride) }
        run(pieces, with: threads) { piece in
            let range = count * piece / pieces..<count * (piece + 1) / pieces
            body(range, scratch + piece * stride)
        }
    }

    private func run(_ pieces: Int, with threads: [PoolThread], _ work: @escaping (Int) -> Void) {
        guard pieces > 0 else { return }
        guard !threads.isEmpty else { return (0..<pieces).forEach(work) }
        let job = Job(pieces, work)
        for thread in threads { thread.offer(job) }
        job.runOnCaller()
        for thread in threads { thread.withdraw(job) }
        job.wait()
    }
}
