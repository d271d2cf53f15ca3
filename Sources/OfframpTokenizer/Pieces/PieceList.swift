/// The pieces found so far, and their places in the text if they were asked for.
package struct PieceList {
    package var ids: [Int32] = []
    /// Byte ranges: relative to the word while it is being cut, then to the text.
    var ranges: [Range<Int>] = []
    /// How many prefixes of words have been looked up: the measure of the work done.
    package var lookups = 0
    let tracksRanges: Bool

    package init(tracksRanges: Bool) { self.tracksRanges = tracksRanges }

    @inline(__always)
    mutating func append(_ id: Int32, _ range: @autoclosure () -> Range<Int>) {
        ids.append(id)
        if tracksRanges { ranges.append(range()) }
    }

    /// Appends tokens that cover no text.
    @inline(__always)
    mutating func append(special ids: [Int32]) {
        // By index: an iterator would retain the array, once per text.
        for index in ids.indices { append(ids[index], 0..<0) }
    }

    /// Appends another list with its ranges.
    mutating func append(_ other: PieceList) {
        ids += other.ids
        ranges += other.ranges
    }

    /// Drops all but the first `count` pieces.
    mutating func truncate(to count: Int) {
        ids.removeSubrange(count...)
        if tracksRanges { ranges.removeSubrange(count...) }
    }

    /// Rewrites the ranges from `first` on, if ranges are kept.
    @inline(__always)
    mutating func mapRanges(from first: Int, _ transform: (Range<Int>) -> Range<Int>) {
        guard tracksRanges else { return }
        for index in first..<ranges.count { ranges[index] = transform(ranges[index]) }
    }
}
