/// Which lengths a piece can have, given how the rest of a word begins.
///
/// Most prefixes of a word are not pieces. Two lookups in a small table, by the first four and the
/// first eight bytes, tell which lengths are worth a lookup in the large one. Prefixes may share
/// an entry, so a length may be reported in vain, but none is missed.
struct PrefixFilter: Sendable {
    /// Sets of lengths: bit n stands for n bytes, the last bit for all greater lengths.
    private var entries: [UInt32]
    private let shift: UInt64

    /// Lengths from this one on share a bit.
    static let sharedLength = 31
    private static let upTo4: UInt32 = 0b11110
    private static let from5To8: UInt32 = 0b1111 << 5
    private static let from9: UInt32 = ~0 << 9

    /// An empty filter with room for this many pieces.
    init(capacity: Int) {
        let entryBits = max(4, Int.bitWidth - capacity.leadingZeroBitCount)
        entries = [UInt32](repeating: 0, count: 1 << entryBits)
        shift = UInt64(UInt64.bitWidth - entryBits)
    }

    /// Adds a piece, whose first bytes are in `lanes`.
    mutating func insert(_ lanes: ByteLanes, count: Int, continues: Bool) {
        guard count > 4 else { return }
        entries[index(lanes.prefix(count > 8 ? 8 : 4), continues)] |=
            1 << UInt32(min(count, Self.sharedLength))
    }

    /// The lengths up to `limit` that a piece may have which begins as `lanes` does.
    @inline(__always)
    func lengths(_ lanes: ByteLanes, limit: Int, continues: Bool) -> UInt32 {
        var lengths = Self.upTo4
        if limit > 4 { lengths |= entries[index(lanes.prefix(4), continues)] & Self.from5To8 }
        if limit > 8 { lengths |= entries[index(lanes.bits, continues)] & Self.from9 }
        return limit >= Self.sharedLength ? lengths : lengths & ~(~0 << UInt32(limit + 1))
    }

    @inline(__always)
    private func index(_ prefix: UInt64, _ continues: Bool) -> Int {
        let bits = continues ? ~prefix : prefix
        return Int(truncatingIfNeeded: (bits &* PieceKey.multiplier) >> shift)
    }
}
