import OfframpTensor

/// One parameter's gradient, added up.
struct LeafGradient: Sendable {
    enum Content: Sendable {
        case none
        case dense(Tensor)
        /// Rows of a table, ascending and each once, with their gradients.
        case rows([Int32], Tensor)
    }

    private(set) var content = Content.none
    /// Of all elements.
    private(set) var sumOfSquares = 0.0

    /// Takes the products of a leaf and adds up its terms.
    init(_ gradients: Gradients, leaf: Int) {
        if let dense = gradients.dense[leaf]?.tensor {
            content = .dense(dense)
            sumOfSquares = dense.sumOfSquares
        } else if let (rows, sum) = gradients.rows[leaf].flatMap(Self.rowSum) {
            content = .rows(rows, sum)
            sumOfSquares = sum.sumOfSquares
        }
    }

    private static func rowSum(_ gradient: RowGradient) -> ([Int32], Tensor)? {
        guard let width = gradient.parts.first?.columns else { return nil }
        let rows = Set(gradient.indices).sorted()
        let slots = Dictionary(uniqueKeysWithValues: zip(rows, Int32(0)...))
        var sum = Tensor(.matrix(rows.count, width), repeating: 0)
        var start = 0
        for part in gradient.parts {
            let places = gradient.indices[start..<start + part.rows].map { slots[$0] ?? 0 }
            sum.addRows(part, at: places)
            start += part.rows
        }
        return (rows, sum)
    }
}
