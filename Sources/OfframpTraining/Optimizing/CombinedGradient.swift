import OfframpTensor

/// One parameter's gradient: the sum over the workers, in their order.
struct CombinedGradient: Sendable {
    enum Content: Sendable {
        case none
        case dense(GradientParts)
        /// Rows of a table, ascending and each once, with their gradients.
        case rows([Int32], GradientParts)
    }

    private(set) var content = Content.none
    /// Of all elements.
    private(set) var sumOfSquares = 0.0

    /// Adds up the parts of one leaf.
    init(_ parts: [Gradients], leaf: Int) {
        let dense = parts.compactMap { $0.dense[leaf] }
        if !dense.isEmpty {
            let gradient = GradientParts(dense)
            content = .dense(gradient)
            sumOfSquares = gradient.sumOfSquares
        } else if let (rows, sum) = Self.rowSum(parts.compactMap { $0.rows[leaf] }) {
            let gradient = GradientParts([sum])
            content = .rows(rows, gradient)
            sumOfSquares = gradient.sumOfSquares
        }
    }

    private static func rowSum(_ gradients: [RowGradient]) -> ([Int32], Tensor)? {
        guard let width = gradients.first?.parts.first?.columns else { return nil }
        let rows = Set(gradients.flatMap(\.indices)).sorted()
        let slots = Dictionary(uniqueKeysWithValues: zip(rows, Int32(0)...))
        var sum = Tensor(.matrix(rows.count, width), repeating: 0)
        for gradient in gradients {
            var start = 0
            for part in gradient.parts {
                let places = gradient.indices[start..<start + part.rows].map { slots[$0] ?? 0 }
                sum.addRows(part, at: places)
                start += part.rows
            }
        }
        return (rows, sum)
    }
}
