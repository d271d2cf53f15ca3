extension Tensor {
    /// `activation(x Wᵀ + b)` with packed weights, for inference; bias and activation are applied
    /// while results are in registers. The bits of a row do not depend on the other rows.
    ///
    /// - Parameters:
    ///   - weights: `[outputs, inputs]`.
    ///   - bias: `[outputs]`.
    /// - Returns: `[rows, outputs]`.
    func affine(_ weights: PackedWeights, _ bias: Tensor, _ activation: Activation) -> Tensor {
        precondition(node == nil, "packed weights are for inference")
        let input = ProductInput(self, for: weights.precision)
        return Tensor(.matrix(rows, weights.shape.rows)) { result in
            Workers.current.share(rows, atLeast: Workers.leastRows) { rows, _ in
                input.prepare(rows)
                input.multiply(rows, weights, bias, activation, into: result)
            }
        }
    }
}
