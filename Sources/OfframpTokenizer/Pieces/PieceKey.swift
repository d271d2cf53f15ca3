/// The key of a piece in a hash table: its bytes if they fit into one integer, else a hash of them.
struct PieceKey {
    let bits: UInt64
    /// Twice the number of bytes, plus one for a piece that continues a word.
    let shape: UInt32

    static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The key of a word of at most eight bytes, zero beyond its end.
    @inline(__always)
    init(word bits: UInt64, count: Int) {
        self.bits = bits
        shape = UInt32(truncatingIfNeeded: count) << 1
    }

    /// The key of `count` bytes without their `##`; up to seven bytes after them are read.
    @inline(__always)
    init(_ start: UnsafePointer<UInt8>, count: Int, continues: Bool) {
        shape = UInt32(truncatingIfNeeded: count) << 1 | (continues ? 1 : 0)
        var hash: UInt64 = 0
        var done = 0
        while count - done > ByteLanes.count {
            hash = (hash ^ (start + done).lanes.bits) &* Self.multiplier
            hash ^= hash >> 29
            done += ByteLanes.count
        }
        bits = hash ^ (count == 0 ? 0 : (start + done).lanes.prefix(count - done))
    }

    /// Whether different pieces can have this key.
    @inline(__always)
    var isHash: Bool { shape > 2 * UInt32(ByteLanes.count) + 1 }

    /// The number of bytes.
    @inline(__always)
    var count: Int { Int(shape >> 1) }

    /// Whether the piece continues a word.
    @inline(__always)
    var continues: Bool { shape & 1 == 1 }

    /// The first slot to try in a table of `2^(64 - shift)` slots.
    @inline(__always)
    func slot(shift: UInt64) -> Int {
        Int(truncatingIfNeeded: ((bits ^ UInt64(shape) << 56) &* Self.multiplier) >> shift)
    }
}
