/// The gradient of a table of which only some rows were read: one entry per read.
package struct RowGradient: Sendable {
    /// The row of the table that each entry belongs to; rows may repeat.
    package private(set) var indices: [Int32] = []
    /// The entries' gradients, `[entries, width]` in parts.
    package private(set) var parts: [Tensor] = []

    mutating func append(_ other: RowGradient) {
        indices += other.indices
        parts += other.parts
    }

    mutating func append(indices: [Int32], gradient: Tensor) {
        self.indices += indices
        parts.append(gradient)
    }
}
