import COfframpKernels

extension Tensor {
    /// Adds the rows of another tensor to some rows of this one; rows may repeat. No gradient.
    package mutating func addRows(_ other: Tensor, at rows: [Int32]) {
        precondition(other.rows == rows.count && other.columns == columns)
        withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_scatter_add_rows(rows.count, other.columns, rows, other.pointer, start)
        }
    }

    /// Adds a tensor of the same shape, or a multiple of it, in place; without a gradient.
    package mutating func add(_ other: Tensor, times factor: Float = 1) {
        precondition(shape == other.shape, "\(shape) += \(other.shape)")
        withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_add_scaled(other.shape.count, factor, other.pointer, start)
        }
    }
}
