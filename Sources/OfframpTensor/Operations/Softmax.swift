import COfframpKernels

extension Tensor {
    /// Every row's softmax; without a gradient.
    package func softmax() -> Tensor {
        Tensor(shape) { offramp_softmax(rows, columns, pointer, $0) }
    }

    /// Every row's log-softmax, computed with the maximum subtracted.
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
