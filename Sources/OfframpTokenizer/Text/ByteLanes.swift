/// Eight bytes of text processed at once, the first one in the lowest bits.
///
/// All work is done within 64-bit integers ("SIMD within a register"), so a word of English costs
/// a few instructions and no branch per letter.
struct ByteLanes {
    let bits: UInt64

    static let count = 8
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The first `count` lanes; the others become 0.
    @inline(__always)
    func prefix(_ count: Int) -> UInt64 {
        bits & ~(~0 << UInt64(truncatingIfNeeded: count * 8))
    }

    /// One byte.
    @inline(__always)
    subscript(lane: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: bits >> UInt64(truncatingIfNeeded: lane * 8))
    }

    /// How many of the first bytes, without a gap, are ASCII letters or digits: 0 to 8.
    @inline(__always)
    var wordLength: Int {
        let isOther =
            ~(between("a", "z", of: bits | 0x20 &* Self.ones) | between("0", "9", of: bits))
        return (isOther & Self.highBits).trailingZeroBitCount / 8
    }

    /// The bytes with `A` to `Z` in lower case.
    @inline(__always)
    var lowercased: ByteLanes {
        ByteLanes(bits: bits | between("A", "Z", of: bits) >> 2)
    }

    /// The high bit of every lane that holds an ASCII character from `first` to `last`.
    @inline(__always)
    private func between(_ first: Unicode.Scalar, _ last: Unicode.Scalar, of bits: UInt64) -> UInt64
    {
        let low = bits & ~Self.highBits
        let atLeast = low &+ UInt64(0x80 &- first.value) &* Self.ones
        let above = low &+ UInt64(0x7F &- last.value) &* Self.ones
        return atLeast & ~above & ~bits & Self.highBits
    }
}

extension UnsafePointer<UInt8> {
    /// The eight bytes from here, all of which must be readable.
    @inline(__always)
    var lanes: ByteLanes {
        ByteLanes(bits: UInt64(littleEndian: UnsafeRawPointer(self).loadUnaligned(as: UInt64.self)))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Eight bytes from a position; those beyond the end are blanks.
    @inline(__always)
    func lanes(at position: Int) -> ByteLanes {
        guard let start = baseAddress, position + ByteLanes.count <= count else {
            return lastLanes(at: position)
        }
        return (start + position).lanes
    }

    private func lastLanes(at position: Int) -> ByteLanes {
        var bits: UInt64 = 0
        for index in (position..<position + ByteLanes.count).reversed() {
            bits = bits << 8 | UInt64(index < count ? self[index] : 0x20)
        }
        return ByteLanes(bits: bits)
    }
}
