import OfframpTensor

// What mixtures of several exits' answers are made of.

extension TaskRules {
    /// The sum of some matrices, each row times its own weight.
    ///
    /// - Parameters:
    ///   - matrices: `[texts, outputs]` each; at least one.
    ///   - weights: of each matrix, `[texts, 1]`.
    static func weightedSum(_ matrices: [Tensor], _ weights: [Tensor]) -> Tensor {
        let parts = zip(matrices, weights).map { $0.multiplied(byColumn: $1) }
        return parts.dropFirst().reduce(parts[0], +)
    }
}
