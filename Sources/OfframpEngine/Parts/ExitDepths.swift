extension ClosedRange<Int> {
    /// Whether the exit at a depth belongs to the part of a model between these depths: one where a part ends does, one
    /// where it begins belongs to the part before.
    func hasExit(at depth: Int) -> Bool {
        contains(depth) && (depth > lowerBound || depth == 0)
    }
}
