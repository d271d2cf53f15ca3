import Glibc
import Synchronization

/// Threads that share work: whole batches by `map`, and what one operation does inside a batch when
/// there are fewer batches than threads.
///
/// A thread starts when it is first needed, stays alert for a moment after its work and then sleeps
/// until there is more. Whoever asks for work to be done does it too and never waits for a thread
/// that has not begun: where others keep the processors busy, or the system gives no threads, the
/// work is done by those there are. Copies of a value share its threads.
public struct Workers: Sendable {
    /// How many threads work at once, the one that asks included.
    public let count: Int
    private let crew: Crew

    /// So many workers.
    public init(count: Int) {
        self.init(count: count, start: Helper.start)
    }

    /// So many workers whose threads come from `start`, which gives `nil` when there are no more.
    package init(count: Int, start: @escaping @Sendable () -> Helper?) {
        precondition(count > 0, "at least one worker")
        self.count = count
        crew = Crew(most: count - 1, start: start)
    }

    /// One worker for each processor that is online; the same threads wherever this is used.
    public static let all = Workers(count: max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1))

    /// The workers whose `map` the running code is part of; outside of any, the running thread alone.
    @TaskLocal package static var current = Workers(count: 1)

    /// Applies `work` to every number below `count`; results come in order.
    ///
    /// Each worker takes the next number that is free, so uneven pieces even out. Workers that find
    /// none help the operations of those that still work.
    public func map<Result: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: count))
        run(count, with: crew.idle(min(self.count, count) - 1)) { index in
            let result = Self.$current.withValue(self) { work(index) }
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    /// Rows of a product that are worth another thread's while.
    static let leastRows = 4

    /// Cuts `0..<count` into ranges, one for this thread and one for each that has nothing to do, and
    /// runs `body` on all of them.
    ///
    /// - Parameters:
    ///   - count: things that can be worked on apart: rows, heads.
    ///   - least: how many of them are worth another thread's while.
    ///   - scratchBytes: of memory that each call of `body` has for itself, aligned to a cache line.
    ///   - body: what it does for one thing must not depend on the range that the thing is in; it
    ///     writes to no memory that another range reads or writes.
    package func share(
        _ count: Int, atLeast least: Int, scratchBytes: Int = 0,
        _ body: @escaping (Range<Int>, UnsafeMutableRawPointer) -> Void
    ) {
        let helpers = crew.idle(min(self.count, count / least) - 1)
        let pieces = helpers.count + 1
        // One block for all: so each thread meets the part again that is in its cache.
        let stride = (scratchBytes + 63) / 64 * 64
        let scratch = BufferPool.shared.take(pieces * stride)
        defer { BufferPool.shared.give(scratch, bytes: pieces * stride) }
        run(pieces, with: helpers) { piece in
            let range = count * piece / pieces..<count * (piece + 1) / pieces
            body(range, scratch + piece * stride)
        }
    }

    private func run(_ pieces: Int, with helpers: [Helper], _ work: @escaping (Int) -> Void) {
        guard pieces > 0 else { return }
        guard !helpers.isEmpty else { return (0..<pieces).forEach(work) }
        let job = Job(pieces, work)
        for helper in helpers { helper.offer(job) }
        job.lead()
        for helper in helpers { helper.withdraw(job) }
        job.wait()
    }
}
