import Glibc

extension Tensor {
    /// `sum_j exp(w_j) · x_j + b`: constant matrices mixed with learned positive weights.
    ///
    /// Zero Time Waste's ensemble is this over the exits' log-probabilities (Wołczyk et al. 2021);
    /// the exponential keeps the weights positive.
    ///
    /// - Parameters:
    ///   - constants: matrices of one shape, without a tape.
    ///   - logWeights: `w`, `[constants]`.
    ///   - bias: `[columns]`, added to every row.
    package static func positiveMixture(
        of constants: [Tensor], logWeights: Tensor, bias: Tensor
    ) -> Tensor {
        precondition(constants.count == logWeights.shape.count)
        let weights = logWeights.values.map { Glibc.exp($0) }
        let shape = constants[0].shape
        var result = Tensor(shape, repeating: 0)
        for (constant, weight) in zip(constants, weights) { result.add(constant, times: weight) }
        precondition(bias.shape.count == shape.columns, "bias \(bias.shape) for \(shape)")
        let biasValues = bias.values
        result.withMutableValues { values in
            for index in 0..<shape.count { values[index] += biasValues[index % shape.columns] }
        }
        return result.recorded(from: logWeights, bias) { gradient, sink in
            let weightGradient = zip(constants, weights).map { constant, weight in
                weight * constant.dot(gradient)
            }
            sink.add(Tensor(weightGradient), to: logWeights)
            sink.add(gradient.columnSums(), to: bias)
        }
    }

    private func dot(_ other: Tensor) -> Float {
        var sum: Float = 0
        for index in 0..<shape.count { sum += pointer[index] * other.pointer[index] }
        return sum
    }
}
