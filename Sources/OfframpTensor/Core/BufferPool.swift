import Glibc
import Synchronization

/// Memory blocks that are used again instead of freed, so that a steady loop allocates nothing.
package final class BufferPool: Sendable {
    /// The pool that all tensors share.
    package static let shared = BufferPool()

    private static let alignment = 64
    /// A page of memory as large as processors have it: blocks of that size and up lie on whole ones,
    /// where the system has them to give. They are handed out, and found by the processor, faster.
    private static let hugePage = 2 << 20

    /// The free blocks of one size.
    private struct Shelf {
        var blocks: [UInt] = []
        /// When one was last asked for.
        var lastUse = 0
    }

    private struct State {
        var shelves: [Int: Shelf] = [:]
        var bytes = 0
        var uses = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// An empty pool.
    ///
    /// - Parameter capacity: the free bytes that it keeps at most. More is given back to the system,
    ///   the sizes first that nobody has asked for the longest.
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

    /// Gives a block back that `take` gave for the same `bytes`.
    package func give(_ block: UnsafeMutableRawPointer, bytes: Int) {
        let size = Self.sizeClass(bytes)
        // Room for it would cost all other blocks, and it would not fit all the same.
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

    /// Rounds up to one of four sizes an octave: few enough to meet again, at most a fifth wasted.
    private static func sizeClass(_ bytes: Int) -> Int {
        let bytes = max(bytes, 4 * alignment)
        let step = 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount - 2)
        return (bytes + step - 1) / step * step
    }
}
