import COfframpKernels

extension Tensor {
    /// The sum of two tensors of the same shape.
    public static func + (a: Tensor, b: Tensor) -> Tensor {
        precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
        let sum = Tensor(a.shape) { offramp_add(a.shape.count, a.pointer, b.pointer, $0) }
        return sum.recorded(from: a, b) { gradient, sink in
            sink.add(gradient, to: a)
            sink.add(gradient, to: b)
        }
    }

    /// Adds the rows of another tensor to some rows of this one; rows may repeat. No gradient.
    public mutating func addRows(_ other: Tensor, at rows: [Int32]) {
        precondition(other.rows == rows.count && other.columns == columns)
        withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_scatter_add_rows(rows.count, other.columns, rows, other.pointer, start)
        }
    }

    /// Adds a tensor of the same shape, or a multiple of it, in place; without a gradient.
    public mutating func add(_ other: Tensor, times factor: Float = 1) {
        precondition(shape == other.shape, "\(shape) += \(other.shape)")
        withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_add_scaled(other.shape.count, factor, other.pointer, start)
        }
    }
}
