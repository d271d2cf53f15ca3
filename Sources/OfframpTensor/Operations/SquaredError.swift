extension Tensor {
    /// The mean of the squared differences from targets: the loss of a regression.
    ///
    /// - Returns: a scalar.
    package func squaredError(_ targets: [Float]) -> Tensor { squaredErrors(targets).mean() }

    /// The squared differences from targets, in the shape of this tensor.
    package func squaredErrors(_ targets: [Float]) -> Tensor {
        precondition(targets.count == shape.count, "\(targets.count) targets for \(shape)")
        let differences = combined(with: Tensor(targets, shape), -)
        return differences.mapped { $0 * $0 }.recorded(from: self) { gradient, sink in
            sink.add(gradient.combined(with: differences) { 2 * $0 * $1 }, to: self)
        }
    }
}
