import COfframpKernels

extension Tensor {
    /// The sum of two tensors of the same shape.
    package static func + (a: Tensor, b: Tensor) -> Tensor {
        precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
        let sum = Tensor(a.shape) { offramp_add(a.shape.count, a.pointer, b.pointer, $0) }
        return sum.recorded(from: a, b) { gradient, sink in
            sink.add(gradient, to: a)
            sink.add(gradient, to: b)
        }
    }
}
