/// A block of memory from the pool, aligned to a cache line, written once and then shared.
///
/// Unchecked `Sendable`: only the initialiser's `fill` writes to it.
final class AlignedBytes: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    private let count: Int

    init(count: Int, fill: (UnsafeMutableRawPointer) -> Void) {
        self.count = count
        start = BufferPool.shared.take(count)
        fill(start)
    }

    deinit { BufferPool.shared.give(start, bytes: count) }
}
