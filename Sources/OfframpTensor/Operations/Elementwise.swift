extension Tensor {
    /// A function of every element; without a gradient.
    func mapped(_ function: (Float) -> Float) -> Tensor {
        Tensor(shape) { values in
            for index in 0..<shape.count { values[index] = function(pointer[index]) }
        }
    }

    /// A function of the elements of two tensors of the same shape; without a gradient.
    func combined(with other: Tensor, _ function: (Float, Float) -> Float) -> Tensor {
        precondition(shape == other.shape, "\(shape) with \(other.shape)")
        return Tensor(shape) { values in
            for index in 0..<shape.count {
                values[index] = function(pointer[index], other.pointer[index])
            }
        }
    }

    /// A function of every element and the element of `row` in its column; without a gradient.
    func combined(withRow row: Tensor, _ function: (Float, Float) -> Float) -> Tensor {
        precondition(row.shape.count == columns, "\(shape) with a row \(row.shape)")
        return Tensor(shape) { values in
            for index in 0..<shape.count {
                values[index] = function(pointer[index], row.pointer[index % columns])
            }
        }
    }

    /// A function of every element and the element of `column` in its row; without a gradient.
    func combined(withColumn column: Tensor, _ function: (Float, Float) -> Float) -> Tensor {
        precondition(column.shape.count == rows, "\(shape) with a column \(column.shape)")
        return Tensor(shape) { values in
            for index in 0..<shape.count {
                values[index] = function(pointer[index], column.pointer[index / columns])
            }
        }
    }
}
