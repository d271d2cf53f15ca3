import COfframpKernels

extension Tensor {
    /// The softmax of every row, computed with the row's maximum subtracted.
    package func softmax() -> Tensor {
        let result = Tensor(shape) { offramp_softmax(rows, columns, pointer, $0) }
        return result.recorded(from: self) { gradient, sink in
            // dz = p ⊙ (dp - Σ p dp), row by row.
            let weighted = gradient.combined(with: result, *)
            let centred = gradient.combined(withColumn: weighted.rowSums(), -)
            sink.add(result.detached.combined(with: centred, *), to: self)
        }
    }

    /// The logarithm of every row's softmax, finite where the softmax itself rounds to 0.
    package func logSoftmax() -> Tensor {
        let result = Tensor(shape) { offramp_log_softmax(rows, columns, pointer, $0) }
        return result.recorded(from: self) { gradient, sink in
            sink.add(result.logSoftmaxGradient(gradient), to: self)
        }
    }

    /// `dz = dy - softmax(z) · sum(dy)` for every row of `y = log softmax(z)`.
    private func logSoftmaxGradient(_ gradient: Tensor) -> Tensor {
        var inputGradient = gradient.detached
        let probabilities = Tensor(shape) { offramp_softmax(rows, columns, pointer, $0) }
        inputGradient.withMutableValues { values in
            for row in 0..<rows {
                let range = row * columns..<(row + 1) * columns
                let sum = values[range].reduce(0, +)
                for index in range { values[index] -= probabilities.pointer[index] * sum }
            }
        }
        return inputGradient
    }
}
