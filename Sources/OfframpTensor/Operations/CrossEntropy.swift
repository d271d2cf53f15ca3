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
    package func crossEntropy(targets: Tensor) -> Tensor { crossEntropies(targets: targets).mean() }

    /// `-sum(target · log softmax(z))` of every row.
    ///
    /// - Parameter targets: a distribution in each row; no gradient flows into them.
    /// - Returns: a column, `[rows, 1]`.
    package func crossEntropies(targets: Tensor) -> Tensor {
        precondition(targets.shape == shape, "targets \(targets.shape) for \(shape)")
        return logSoftmax().rowSums(weighing: targets, factor: -1)
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

    /// `factor · sum(x · weights)` of every row, linear in this tensor; weights of 0 hide what is infinite.
    private func rowSums(weighing weights: Tensor, factor: Float) -> Tensor {
        let sums = Tensor(.matrix(rows, 1)) { sums in
            for row in 0..<rows {
                var sum: Float = 0
                for index in row * columns..<(row + 1) * columns where weights.pointer[index] != 0 {
                    sum += pointer[index] * weights.pointer[index]
                }
                sums[row] = factor * sum
            }
        }
        let weights = weights.detached
        return sums.recorded(from: self) { gradient, sink in
            sink.add(weights.combined(withColumn: gradient) { factor * $0 * $1 }, to: self)
        }
    }
}
