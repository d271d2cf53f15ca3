import COfframpKernels
import OfframpTensor

/// One parameter's gradient, added up over the workers in their order.
struct CombinedGradient: Sendable {
    enum Content: Sendable {
        case none
        case dense(Tensor)
        /// Rows of a table, ascending and each once, with their gradients.
        case rows([Int32], Tensor)
    }

    private(set) var content = Content.none
    /// Of all elements.
    private(set) var sumOfSquares = 0.0

    /// Adds up the parts of one leaf.
    init(_ parts: [Gradients], leaf: Int) {
        if let sum = Self.denseSum(parts.compactMap { $0.dense[leaf] }) {
            content = .dense(sum)
            sumOfSquares = sum.sumOfSquares
        } else if let (rows, sum) = Self.rowSum(parts.compactMap { $0.rows[leaf] }) {
            content = .rows(rows, sum)
            sumOfSquares = sum.sumOfSquares
        }
    }

    private static func denseSum(_ parts: [Tensor]) -> Tensor? {
        guard var sum = parts.first else { return nil }
        for part in parts.dropFirst() { sum.add(part) }
        return sum
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
