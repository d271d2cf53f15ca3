import OfframpTensor
import Testing

@Suite struct BufferPoolTests {
    @Test func `a block that was given back is taken again`() {
        let pool = BufferPool()
        let first = pool.take(1000)
        pool.give(first, bytes: 1000)
        let second = pool.take(1000)
        #expect(first == second)
        let third = pool.take(1000)
        #expect(third != second)
        pool.give(second, bytes: 1000)
        pool.give(third, bytes: 1000)
    }

    @Test func `a block of nearly the same size is used again, a much larger one is not`() {
        let pool = BufferPool()
        let block = pool.take(1000)
        pool.give(block, bytes: 1000)
        let larger = pool.take(1100)
        #expect(larger != block)
        let near = pool.take(1024)
        #expect(near == block)
        pool.give(larger, bytes: 1100)
        pool.give(near, bytes: 1024)
    }

    @Test func `a full pool gives the size back that nobody has asked for the longest`() {
        let pool = BufferPool(capacity: 3000)
        let stale = (0..<2).map { _ in pool.take(1024) }
        for block in stale { pool.give(block, bytes: 1024) }
        let wanted = pool.take(2048)
        pool.give(wanted, bytes: 2048)
        let again = pool.take(2048)
        #expect(again == wanted)
        pool.give(again, bytes: 2048)
    }

    @Test func `a block beyond the capacity leaves the others in the pool`() {
        let pool = BufferPool(capacity: 3000)
        let kept = pool.take(1024)
        let large = pool.take(4096)
        pool.give(kept, bytes: 1024)
        pool.give(large, bytes: 4096)
        let again = pool.take(1024)
        #expect(again == kept)
        pool.give(again, bytes: 1024)
    }

    @Test(arguments: [0, 1, 255, 256, 257, 4097, 1 << 20, 5 << 20])
    func `every block is aligned and as large as asked`(_ bytes: Int) {
        let pool = BufferPool()
        let block = pool.take(bytes)
        #expect(UInt(bitPattern: block) % 64 == 0)
        block.initializeMemory(as: UInt8.self, repeating: 0xFF, count: bytes)
        pool.give(block, bytes: bytes)
    }

    @Test func `many threads never hold the same block`() async {
        let pool = BufferPool()
        let failures = await withTaskGroup(of: Int.self) { group in
            for worker in 0..<8 { group.addTask { Self.holdBlocks(of: pool, as: worker) } }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
    }

    /// Marks blocks with the worker's number and counts those that another worker overwrites.
    private static func holdBlocks(of pool: BufferPool, as worker: Int) -> Int {
        (0..<200).count { round in
            let bytes = 512 + 64 * (round % 7)
            let block = pool.take(bytes)
            let words = block.bindMemory(to: Int.self, capacity: bytes / 8)
            words.initialize(repeating: worker, count: bytes / 8)
            defer { pool.give(block, bytes: bytes) }
            return (0..<bytes / 8).contains { words[$0] != worker }
        }
    }
}
