/// Where a head stands and how many logits it has to give.
package struct HeadPlace: Sendable {
    /// Columns of what it reads.
    package let features: Int
    /// Columns of the logits; 1 for a regression.
    package let outputCount: Int
    /// Whether an earlier exit's logits come in.
    package let hasPrevious: Bool
}
