import OfframpTensor

extension Gradients {
    /// The gradient of a leaf with that many elements, row gradients added up; zeros without one.
    package func values(of leaf: Int, count: Int) -> [Float] {
        var sum = dense[leaf]?.values ?? Array(repeating: 0, count: count)
        guard let rows = rows[leaf] else { return sum }
        let entries = rows.parts.flatMap { part in (0..<part.rows).map(part.row) }
        for (index, entry) in zip(rows.indices, entries) {
            for (column, value) in entry.enumerated() {
                sum[Int(index) * entry.count + column] += value
            }
        }
        return sum
    }
}
