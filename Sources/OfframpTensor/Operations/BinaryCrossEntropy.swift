import Glibc

extension Tensor {
    /// The mean over all elements of `-t log σ(z) - (1 - t) log(1 - σ(z))`: every column is a question of
    /// its own.
    ///
    /// - Parameter targets: 0 to 1, of the same shape; no gradient flows into them.
    /// - Returns: a scalar.
    package func binaryCrossEntropy(targets: Tensor) -> Tensor {
        precondition(targets.shape == shape, "targets \(targets.shape) for \(shape)")
        let targets = targets.detached
        let count = Float(max(shape.count, 1))
        var sum: Float = 0
        for index in 0..<shape.count {
            // No exponential of a large number: max(z, 0) - z t + log(1 + e^-|z|).
            let z = pointer[index]
            sum += max(z, 0) - z * targets.pointer[index] + log1p(Glibc.exp(-abs(z)))
        }
        let input = detached
        return Tensor([sum / count]).recorded(from: self) { gradient, sink in
            sink.add((gradient.scalar / count) * (input.sigmoid() - targets), to: self)
        }
    }
}
