extension Tensor {
    /// The difference of two tensors of the same shape.
    package static func - (a: Tensor, b: Tensor) -> Tensor {
        a.combined(with: b, -).recorded(from: a, b) { gradient, sink in
            sink.add(gradient, to: a)
            sink.add(-1 * gradient, to: b)
        }
    }

    /// A constant minus every element: `1 - x` for the complement of a probability.
    package static func - (constant: Float, x: Tensor) -> Tensor {
        x.mapped { constant - $0 }.recorded(from: x) { gradient, sink in
            sink.add(-1 * gradient, to: x)
        }
    }
}
