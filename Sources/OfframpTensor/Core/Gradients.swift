/// The gradients of the leaves of a tape.
package struct Gradients: Sendable {
    /// Gradients of whole tensors, by leaf.
    package internal(set) var dense: [Int: DenseGradient] = [:]
    /// Gradients of single rows of embedding tables, by leaf.
    package internal(set) var rows: [Int: RowGradient] = [:]

    /// No gradients at all.
    package init() {}

    /// Adds the gradients of another part of the batch, leaf by leaf.
    package mutating func add(_ other: Gradients) {
        for (leaf, gradient) in other.dense { dense[leaf, default: DenseGradient()].add(gradient) }
        for (leaf, gradient) in other.rows { rows[leaf, default: RowGradient()].append(gradient) }
    }
}
