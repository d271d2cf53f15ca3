import Glibc

/// Recycles memory blocks, so that a steady loop allocates nothing.
package final class BufferPool: Sendable {
    /// The pool that all tensors share.
    package static let shared = BufferPool()

    private static let alignment = 64
    /// The size of a huge page. Blocks from this size on are aligned to it and ask the system for
    /// huge pages, which are faster to allocate and to address.
    private static let hugePage = 2 << 20

    /// The free blocks of one size.
    private struct Shelf {
        var blocks: [UInt] = []
        /// The count of uses at the last request for this size.
        var lastUse = 0
    }

    private struct State {
        var shelves: [Int: Shelf] = [:]
        var bytes = 0
        var uses = 0
    }

    private let capacity: Int
    private let state = Lock(State())

    /// An empty pool.
    ///
    /// - Parameter capacity: the most free bytes it keeps. Beyond that, blocks of the least
    ///   recently requested sizes are freed.
    package init(capacity: Int = 192 << 20) { self.capacity = capacity }

    /// A block of at least `bytes` bytes, aligned to a cache line, contents unspecified.
    package func take(_ bytes: Int) -> UnsafeMutableRawPointer {
        let size = Self.sizeClass(bytes)
        let reused = state.withLock { state in
            state.uses += 1
            state.shelves[size, default: Shelf()].lastUse = state.uses
            guard let address = state.shelves[size]?.blocks.popLast() else { return UInt(0) }
            state.bytes -= size
            return address
        }
        return UnsafeMutableRawPointer(bitPattern: reused) ?? Self.allocate(size)
    }

    /// Returns a block that `take` handed out for the same `bytes`.
    package func give(_ block: UnsafeMutableRawPointer, bytes: Int) {
        let size = Self.sizeClass(bytes)
        // Keeping it would evict all other blocks and still exceed the capacity.
        guard size <= capacity else { return free(block) }
        let surplus = state.withLock { state in
            state.shelves[size, default: Shelf()].blocks.append(UInt(bitPattern: block))
            state.bytes += size
            return Self.takeSurplus(of: &state, over: capacity)
        }
        for address in surplus { free(UnsafeMutableRawPointer(bitPattern: address)) }
    }

    deinit {
        for address in state.withLock({ $0.shelves.values.flatMap(\.blocks) }) {
            free(UnsafeMutableRawPointer(bitPattern: address))
        }
    }

    private static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
        let isHuge = size >= hugePage
        var block: UnsafeMutableRawPointer?
        posix_memalign(&block, isHuge ? hugePage : alignment, size)
        guard let block else { preconditionFailure("out of memory: \(size) bytes") }
        if isHuge { madvise(block, size, MADV_HUGEPAGE) }
        return block
    }

    private static func takeSurplus(of state: inout State, over capacity: Int) -> [UInt] {
        var surplus: [UInt] = []
        while state.bytes > capacity {
            let stale = state.shelves.filter { !$0.value.blocks.isEmpty }
                .min { $0.value.lastUse < $1.value.lastUse }
            guard let size = stale?.key, let block = state.shelves[size]?.blocks.popLast() else {
                break
            }
            state.bytes -= size
            surplus.append(block)
        }
        return surplus
    }

    /// Rounds up, so that blocks are used again: small ones, which come in all sizes, to a power of two, as what nobody
    /// touches of them takes no memory; large ones, of which huge pages are touched, to one of four sizes for each
    /// power of two, which wastes at most 20 %.
    private static func sizeClass(_ bytes: Int) -> Int {
        let bytes = max(bytes, 4 * alignment)
        let powerOfTwo = 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount)
        let step = bytes < hugePage / 2 ? powerOfTwo : powerOfTwo / 4
        return (bytes + step - 1) / step * step
    }
}
