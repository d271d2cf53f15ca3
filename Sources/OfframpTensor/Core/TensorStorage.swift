/// The memory of a tensor, taken from the pool.
///
/// Unchecked `Sendable`: it is written only before its tensor is shared, or through
/// `Tensor.withMutableValues`, which copies shared storage first.
final class TensorStorage: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Float>
    let count: Int

    /// Room for `count` floats, aligned to 64 bytes, contents unspecified.
    init(count: Int) {
        self.count = count
        pointer = BufferPool.shared.take(count * MemoryLayout<Float>.stride)
            .assumingMemoryBound(to: Float.self)
    }

    deinit { BufferPool.shared.give(pointer, bytes: count * MemoryLayout<Float>.stride) }
}
