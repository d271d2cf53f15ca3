import Glibc
import OfframpTensor
import Synchronization
import Testing

@Suite struct WorkersTests {
    static let counts = [1, 2, 3, 8]

    @Test(arguments: counts)
    func `apply work to every number once and keep the order`(workers: Int) {
        let workers = Workers(count: workers)
        for count in [0, 1, 2, 7, 1000] {
            let calls = Atomic(0)
            let squares = workers.map(count) { number in
                calls.wrappingAdd(1, ordering: .relaxed)
                return number * number
            }
            #expect(squares == (0..<count).map { $0 * $0 })
            #expect(calls.load(ordering: .relaxed) == count)
        }
    }

    @Test(arguments: counts)
    func `cut what they share into ranges that cover everything once`(workers: Int) {
        let workers = Workers(count: workers)
        for (count, least) in [(0, 1), (1, 1), (2, 1), (5, 4), (8, 4), (100, 1), (100, 101)] {
            let parts = Mutex<[Range<Int>]>([])
            workers.share(count, atLeast: least) { range, _ in parts.withLock { $0.append(range) } }
            let sorted = parts.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
            #expect(sorted.flatMap { Array($0) } == Array(0..<count))
            #expect((1...max(1, min(workers.count, count / least))).contains(sorted.count))
            #expect(sorted.count == 1 || sorted.allSatisfy { $0.count >= least })
        }
    }

    @Test(arguments: [0, 1])
    func `do everything without a single thread, or with too few`(threads: Int) {
        let left = Mutex(threads)
        let workers = Workers(count: 4) {
            let isAllowed = left.withLock { left in
                left -= 1
                return left >= 0
            }
            return isAllowed ? PoolThread.start() : nil
        }
        for _ in 0..<20 {
            #expect(workers.map(50) { $0 } == Array(0..<50))
            #expect(Self.sum(below: 50, on: workers) == 1225)
        }
        // One refusal is enough: asking again at every operation would cost more than the work.
        #expect(left.withLock { $0 } == -1)
    }

    @Test(arguments: counts)
    func `may be asked from inside their own work`(workers: Int) {
        let workers = Workers(count: workers)
        let sums = workers.map(20) { outer in
            workers.map(20) { inner in Self.sum(below: outer + inner, on: workers) }.reduce(0, +)
        }
        let expected = (0..<20).map { outer in
            (outer..<outer + 20).reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        }
        #expect(sums == expected)
    }

    @Test(arguments: counts)
    func `may be asked by many threads at once`(workers: Int) async {
        let shared = Workers(count: workers)
        let own = (0..<4).map { _ in Workers(count: workers) }
        let failures = await withTaskGroup(of: Int.self) { group in
            for asker in 0..<8 {
                group.addTask {
                    let workers = asker < 4 ? shared : own[asker - 4]
                    return (0..<300).count { round in
                        Self.sum(below: round, on: workers) != round * (round - 1) / 2
                            || workers.map(round % 5) { $0 + asker }
                                != (0..<round % 5).map { $0 + asker }
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
    }

    @Test func `wake up for work after a pause`() {
        let workers = Workers(count: 3)
        for pause in [0, 10, 300, 20_000] as [UInt32] {
            usleep(pause)
            #expect(workers.map(30) { $0 } == Array(0..<30))
        }
    }

    @Test func `are known to the code that they run, and to no other`() {
        let workers = Workers(count: 3)
        #expect(workers.map(5) { _ in Workers.current.count } == [3, 3, 3, 3, 3])
        let inner = workers.map(2) { _ in Workers(count: 2).map(1) { _ in Workers.current.count } }
        #expect(inner == [[2], [2]])
        #expect(Workers.current.count == 1)
    }

    @Test func `let their threads end with them`() {
        final class Started: Sendable {
            let thread = Mutex<WeakThread>(WeakThread())
        }
        let started = Started()
        do {
            let workers = Workers(count: 2) {
                let thread = PoolThread.start()
                started.thread.withLock { $0.value = thread }
                return thread
            }
            #expect(workers.map(10) { $0 }.count == 10)
            #expect(started.thread.withLock { $0.value } != nil)
        }
        // The running thread retains its object.
        for _ in 0..<10_000 where started.thread.withLock({ $0.value }) != nil { usleep(1000) }
        #expect(started.thread.withLock { $0.value } == nil)
    }

    /// 0 + 1 + … + (count - 1), added up on all idle threads.
    private static func sum(below count: Int, on workers: Workers) -> Int {
        let sum = Atomic(0)
        workers.share(count, atLeast: 1) { range, _ in
            sum.wrappingAdd(range.reduce(0, +), ordering: .relaxed)
        }
        return sum.load(ordering: .relaxed)
    }
}

private struct WeakThread {
    weak var value: PoolThread?
}
