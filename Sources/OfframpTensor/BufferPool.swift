import Glibc
import Synchronization

/// Memory blocks that are used again instead of freed, so that a steady loop allocates nothing.
package final class BufferPool: Sendable {
    /// The pool that all tensors share.
    package static let shared = BufferPool()

    /// What the pool keeps at most; more is given back to the system.
    private static let capacity = 192 << 20
    private static let alignment = 64

    private struct State {
        var free: [Int: [UInt]] = [:]
        var bytes = 0
    }

    private let state = Mutex(State())

    /// An empty pool.
    package init() {}

    /// A block of at least `bytes` bytes, aligned to a cache line, contents unspecified.
    package func take(_ bytes: Int) -> UnsafeMutableRawPointer {
        let size = Self.sizeClass(bytes)
        let reused = state.withLock { state in
            guard let address = state.free[size]?.popLast() else { return UInt(0) }
            state.bytes -= size
            return address
        }
        if let block = UnsafeMutableRawPointer(bitPattern: reused) { return block }
        guard let block = aligned_alloc(Self.alignment, size) else {
            preconditionFailure("out of memory: \(size) bytes")
        }
        return block
    }

    /// Gives a block back that `take` gave for the same `bytes`.
    package func give(_ block: UnsafeMutableRawPointer, bytes: Int) {
        let size = Self.sizeClass(bytes)
        let isKept = state.withLock { state in
            guard state.bytes + size <= Self.capacity else { return false }
            state.free[size, default: []].append(UInt(bitPattern: block))
            state.bytes += size
            return true
        }
        if !isKept { free(block) }
    }

    deinit {
        state.withLock { state in
            for address in state.free.values.joined() {
                free(UnsafeMutableRawPointer(bitPattern: address))
            }
        }
    }

    /// Rounds up to one of four sizes an octave: few enough to meet again, at most a fifth wasted.
    private static func sizeClass(_ bytes: Int) -> Int {
        let bytes = max(bytes, 4 * alignment)
        let step = 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount - 2)
        return (bytes + step - 1) / step * step
    }
}
