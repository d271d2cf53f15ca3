import COfframpKernels

extension Tensor {
    /// Adds the rows of another tensor to the given rows of this one, in place and without a
    /// gradient; rows may repeat.
    package mutating func addRows(_ other: Tensor, at rows: [Int32]) {
        precondition(other.rows == rows.count && other.columns == columns)
        withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_scatter_add_rows(rows.count, other.columns, rows, other.pointer, start)
        }
    }

    /// Adds a multiple of a tensor of the same shape, in place and without a gradient.
    package mutating func add(_ other: Tensor, times factor: Float = 1) {
        precondition(shape == other.shape, "\(shape) += \(other.shape)")
        withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_add_scaled(other.shape.count, factor, other.pointer, start)
        }
    }
}
