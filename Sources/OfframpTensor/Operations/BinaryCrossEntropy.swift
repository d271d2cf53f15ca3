import Glibc

extension Tensor {
    /// The mean over the columns of `-t log σ(z) - (1 - t) log(1 - σ(z))`, of every row: every column is a
    /// question of its own.
    ///
    /// - Parameter targets: 0 to 1, of the same shape; no gradient flows into them.
    /// - Returns: a column, `[rows, 1]`.
    package func binaryCrossEntropies(targets: Tensor) -> Tensor {
        precondition(targets.shape == shape, "targets \(targets.shape) for \(shape)")
        let targets = targets.detached
        let losses = combined(with: targets) { z, t in
            // No exponential of a large number: max(z, 0) - z t + log(1 + e^-|z|).
            max(z, 0) - z * t + log1p(Glibc.exp(-abs(z)))
        }
        let (input, share) = (detached, 1 / Float(max(columns, 1)))
        return losses.rowMeans().recorded(from: self) { gradient, sink in
            let bends = input.sigmoid() - targets
            sink.add(bends.combined(withColumn: gradient) { share * $0 * $1 }, to: self)
        }
    }
}
