import OfframpFiles

/// What bytes are written to, one after the other.
protocol ByteSink: ~Copyable {
    /// Appends bytes.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws
}

extension OutputFile: ByteSink {}

/// Bytes in memory.
struct ByteList: ByteSink {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }
}
