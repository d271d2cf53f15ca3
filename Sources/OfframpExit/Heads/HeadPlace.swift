/// Where a head stands and how many logits it has to give.
package struct HeadPlace: Sendable {
    /// Columns of what it reads.
    package let features: Int
    /// Columns of the logits; 1 for a regression.
    package let outputCount: Int
    /// What the logits mean.
    package let task: TaskKind
    /// The number of the exit, counted from 0.
    package let exit: Int
    /// How many exits there are.
    package let exits: Int

    /// Whether an earlier exit's logits come in.
    var hasPrevious: Bool { exit > 0 }
}
