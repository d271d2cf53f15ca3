import Glibc

extension Tensor {
    /// The mean over the rows of `-log softmax(z)[label]`.
    ///
    /// - Parameter labels: the index of each row's correct column.
    /// - Returns: a scalar.
    package func crossEntropy(_ labels: [Int]) -> Tensor {
        precondition(labels.count == rows, "\(labels.count) labels for \(rows) rows")
        precondition(labels.allSatisfy { (0..<columns).contains($0) }, "a label beyond \(columns)")
        let targets = Tensor(shape) { values in
            values.update(repeating: 0, count: shape.count)
            for (row, label) in labels.enumerated() { values[row * columns + label] = 1 }
        }
        return crossEntropy(targets: targets)
    }

    /// The mean over the rows of `-sum(target · log softmax(z))`: cross-entropy with soft labels.
    ///
    /// - Parameter targets: a distribution in each row; no gradient flows into them.
    /// - Returns: a scalar.
    package func crossEntropy(targets: Tensor) -> Tensor {
        precondition(targets.shape == shape, "targets \(targets.shape) for \(shape)")
        return logSoftmax().meanOfRows(weighing: targets, factor: -1)
    }

    /// The mean over the rows of `KL(target || softmax(z))`.
    ///
    /// - Parameter targets: a distribution in each row; no gradient flows into it.
    /// - Returns: a scalar.
    package func divergence(from targets: Tensor) -> Tensor {
        let entropies = targets.withValues { values in
            values.reduce(into: Float(0)) { sum, p in if p > 0 { sum += p * Glibc.log(p) } }
        }
        let constant = Tensor([entropies / Float(max(rows, 1))])
        return crossEntropy(targets: targets) + constant
    }

    /// `factor / rows · sum(x · weights)`, linear in this tensor.
    private func meanOfRows(weighing weights: Tensor, factor: Float) -> Tensor {
        let factor = factor / Float(max(rows, 1))
        var sum: Float = 0
        for index in 0..<shape.count where weights.pointer[index] != 0 {
            sum += pointer[index] * weights.pointer[index]
        }
        let weights = weights.detached
        return Tensor([factor * sum]).recorded(from: self) { gradient, sink in
            sink.add((factor * gradient.scalar) * weights, to: self)
        }
    }
}
