extension Tensor {
    /// The mean of the squared differences from targets: the loss of a regression.
    ///
    /// - Returns: a scalar.
    package func squaredError(_ targets: [Float]) -> Tensor {
        precondition(targets.count == shape.count, "\(targets.count) targets for \(shape)")
        let differences = Tensor(shape) { values in
            for index in 0..<shape.count { values[index] = pointer[index] - targets[index] }
        }
        let count = Float(max(shape.count, 1))
        let sum = differences.withValues { $0.reduce(0) { $0 + $1 * $1 } }
        return Tensor([sum / count]).recorded(from: self) { gradient, sink in
            sink.add((2 / count * gradient.scalar) * differences, to: self)
        }
    }
}
