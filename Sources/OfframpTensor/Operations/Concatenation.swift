extension Tensor {
    /// Two tensors with the same number of rows side by side.
    ///
    /// - Returns: `[rows, columns + other.columns]`.
    package func concatenated(with other: Tensor) -> Tensor {
        precondition(rows == other.rows, "\(shape) beside \(other.shape)")
        let width = columns + other.columns
        let result = Tensor(.matrix(rows, width)) { values in
            for row in 0..<rows {
                let start = values + row * width
                start.update(from: pointer + row * columns, count: columns)
                (start + columns).update(
                    from: other.pointer + row * other.columns, count: other.columns)
            }
        }
        return result.recorded(from: self, other) { gradient, sink in
            sink.add(gradient[columns: 0..<columns], to: self)
            sink.add(gradient[columns: columns..<width], to: other)
        }
    }
}
