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

    /// A constant added to every element.
    package static func + (x: Tensor, constant: Float) -> Tensor {
        x.mapped { $0 + constant }.recorded(from: x) { gradient, sink in
            sink.add(gradient, to: x)
        }
    }

    /// Adds a row, `[columns]`, to every row.
    package func adding(row: Tensor) -> Tensor {
        combined(withRow: row, +).recorded(from: self, row) { gradient, sink in
            sink.add(gradient, to: self)
            sink.add(gradient.columnSums().reshaped(to: row.shape), to: row)
        }
    }
}
