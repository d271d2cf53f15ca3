import COfframpKernels

extension Tensor {
    /// The sum of all elements, a scalar; 0 of none.
    package func sum() -> Tensor {
        let sum = withValues { $0.reduce(0, +) }
        return Tensor([sum]).recorded(from: self) { gradient, sink in
            sink.add(Tensor(shape, repeating: gradient.scalar), to: self)
        }
    }

    /// The mean of all elements, a scalar; 0 of none.
    package func mean() -> Tensor { 1 / Float(max(shape.count, 1)) * sum() }

    /// The sum of each row.
    ///
    /// - Returns: a column, `[rows, 1]`.
    package func rowSums() -> Tensor {
        let sums = Tensor(.matrix(rows, 1)) { sums in
            for row in 0..<rows {
                let start = pointer + row * columns
                sums[row] = UnsafeBufferPointer(start: start, count: columns).reduce(0, +)
            }
        }
        return sums.recorded(from: self) { gradient, sink in
            sink.add(Tensor(shape, repeating: 1).combined(withColumn: gradient, *), to: self)
        }
    }

    /// The mean of each row.
    ///
    /// - Returns: a column, `[rows, 1]`.
    package func rowMeans() -> Tensor { 1 / Float(max(columns, 1)) * rowSums() }

    /// The sum of each column.
    ///
    /// - Returns: a vector, `[columns]`.
    package func columnSums() -> Tensor {
        var sums = Tensor(.vector(columns), repeating: 0)
        sums.withMutableValues { values in
            if let start = values.baseAddress { offramp_sum_rows(rows, columns, pointer, start) }
        }
        return sums.recorded(from: self) { gradient, sink in
            sink.add(Tensor(shape, repeating: 1).combined(withRow: gradient, *), to: self)
        }
    }

    /// The mean of each column.
    ///
    /// - Returns: a vector, `[columns]`.
    package func columnMeans() -> Tensor { 1 / Float(max(rows, 1)) * columnSums() }
}
