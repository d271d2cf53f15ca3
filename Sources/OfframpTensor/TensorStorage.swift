import OfframpFiles

/// The memory of a tensor: taken from the pool, or a read-only part of a mapped file.
///
/// Unchecked `Sendable`: memory from the pool is written only before its tensor is first handed on,
/// or through `Tensor.withMutableValues`, which makes sure that nobody else holds it.
final class TensorStorage: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Float>
    let count: Int
    private let file: MappedFile?

    /// Room for `count` floats, aligned to 64 bytes, contents unspecified.
    init(count: Int) {
        self.count = count
        pointer = BufferPool.shared.take(count * MemoryLayout<Float>.stride)
            .assumingMemoryBound(to: Float.self)
        file = nil
    }

    /// Floats inside a mapped file, kept mapped as long as this storage lives.
    init(_ bytes: UnsafeRawBufferPointer, of file: MappedFile) {
        count = bytes.count / MemoryLayout<Float>.stride
        guard let start = bytes.baseAddress else {
            preconditionFailure("an empty tensor is not mapped")
        }
        pointer = UnsafeMutablePointer(
            mutating: start.bindMemory(to: Float.self, capacity: count))
        self.file = file
    }

    /// Whether the memory belongs to a file and must not be written to.
    var isReadOnly: Bool { file != nil }

    deinit {
        if file == nil {
            BufferPool.shared.give(pointer, bytes: count * MemoryLayout<Float>.stride)
        }
    }
}
