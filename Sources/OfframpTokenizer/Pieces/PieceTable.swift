import Glibc

/// The pieces of a vocabulary in the order of their ids, with a flat hash table to find them.
///
/// Linear probing at a load of at most one half. A slot takes 16 bytes, a quarter of a cache line,
/// and pieces of up to eight bytes, which nearly all are, are compared by their keys alone.
package final class PieceTable: Sendable {
    /// The bytes of all pieces, with eight readable bytes after the last.
    private let bytes: [UInt8]
    private let spans: [Span]
    private let slots: [Slot]
    private let shift: UInt64
    /// Which lengths are worth a lookup.
    let filter: PrefixFilter
    /// The number of bytes of the longest piece, without its `##`.
    package let longest: Int

    /// The place of a piece in `bytes`.
    struct Span {
        let start: Int32
        let end: Int32
    }

    private struct Slot {
        var bits: UInt64 = 0
        /// 0 in an empty slot.
        var shape: UInt32 = 0
        var id: Int32 = 0
    }

    /// Takes the pieces; of two equal ones the later id wins, as in Hugging Face's reader.
    ///
    /// - Parameters:
    ///   - spans: by id; an empty one for an id that no piece has.
    ///   - hidden: ids that have a piece which no word is made of.
    init(bytes: [UInt8], spans: [Span], hidden: Set<Int32> = []) {
        let bytes = bytes + [UInt8](repeating: 0, count: ByteLanes.count)
        let slotBits = max(4, Int.bitWidth - (2 * spans.count).leadingZeroBitCount)
        var slots = [Slot](repeating: Slot(), count: 1 << slotBits)
        var filter = PrefixFilter(capacity: spans.count)
        var longest = 0
        shift = UInt64(UInt64.bitWidth - slotBits)
        for (id, span) in spans.enumerated() where span.count > 0 && !hidden.contains(Int32(id)) {
            let key = Self.withKey(of: span, in: bytes) { key, start in
                filter.insert(start.lanes, count: key.count, continues: key.continues)
                return key
            }
            longest = max(longest, key.count)
            let index = Self.place(of: key, in: slots, shift: shift) { other in
                bytes[spans[Int(other)].range] == bytes[span.range]
            }
            slots[index] = Slot(bits: key.bits, shape: key.shape, id: Int32(id))
        }
        self.bytes = bytes
        self.spans = spans
        self.slots = slots
        self.longest = longest
        self.filter = filter
    }

    /// The number of pieces.
    var count: Int { spans.count }

    /// The bytes of a piece, `##` included.
    func piece(_ id: Int) -> ArraySlice<UInt8> { bytes[spans[id].range] }

    /// The id of a piece as the vocabulary writes it, `##` included.
    func id(of piece: String) -> Int32? {
        guard let end = Int32(exactly: piece.utf8.count) else { return nil }
        let bytes = Array(piece.utf8) + [UInt8](repeating: 0, count: ByteLanes.count)
        return Self.withKey(of: Span(start: 0, end: end), in: bytes) { id(of: $0, at: $1) }
    }

    /// The id of the piece with this key, whose bytes begin at `start`.
    @inline(__always)
    func id(of key: PieceKey, at start: UnsafePointer<UInt8>) -> Int32? {
        let index = Self.place(of: key, in: slots, shift: shift) { id in
            self.equals(id, start, key)
        }
        return slots[index].shape == 0 ? nil : slots[index].id
    }

    /// The id of a whole word of one to eight bytes, given as lanes that are zero beyond its end.
    @inline(__always)
    func id(ofWord bits: UInt64, count: Int) -> Int32? {
        let key = PieceKey(word: bits, count: count)
        let slot = slots[Self.place(of: key, in: slots, shift: shift) { _ in true }]
        return slot.shape == 0 ? nil : slot.id
    }

    /// The slot that holds a key, or the empty one where it would go.
    @inline(__always)
    private static func place(
        of key: PieceKey, in slots: [Slot], shift: UInt64, isSame: (Int32) -> Bool
    ) -> Int {
        var index = key.slot(shift: shift)
        while slots[index].shape != 0 {
            let slot = slots[index]
            if slot.bits == key.bits, slot.shape == key.shape, !key.isHash || isSame(slot.id) {
                break
            }
            index = (index + 1) & (slots.count - 1)
        }
        return index
    }

    private func equals(_ id: Int32, _ start: UnsafePointer<UInt8>, _ key: PieceKey) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return false }
            return memcmp(base + Int(spans[Int(id)].end) - key.count, start, key.count) == 0
        }
    }

    /// Calls `body` with the key of a piece and the place where it begins after its `##`.
    @inline(__always)
    private static func withKey<Result>(
        of span: Span, in bytes: [UInt8], _ body: (PieceKey, UnsafePointer<UInt8>) -> Result
    ) -> Result {
        let sharp = UInt8(ascii: "#")
        let range = span.range
        let continues = range.count >= 2 && bytes[range.prefix(2)].allSatisfy { $0 == sharp }
        let rest = range.dropFirst(continues ? 2 : 0)
        // The padding after the last piece makes every one readable as lanes.
        return bytes[rest.lowerBound...].withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { preconditionFailure("bytes are padded") }
            return body(PieceKey(start, count: rest.count, continues: continues), start)
        }
    }
}

extension PieceTable.Span {
    var count: Int { Int(end - start) }
    var range: Range<Int> { Int(start)..<Int(end) }
}
