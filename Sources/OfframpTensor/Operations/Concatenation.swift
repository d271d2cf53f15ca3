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

extension Tensor {
    /// Matrices with the same number of columns one under the other; at least one.
    ///
    /// - Returns: `[all rows, columns]`.
    package init(stacking parts: [Tensor]) {
        let columns = parts[0].columns
        precondition(parts.allSatisfy { $0.columns == columns }, "parts of the same width")
        let rows = parts.reduce(0) { $0 + $1.rows }
        let result = Tensor(.matrix(rows, columns)) { values in
            var end = values
            for part in parts {
                end.update(from: part.pointer, count: part.shape.count)
                end += part.shape.count
            }
        }
        self = result.recorded(from: parts) { gradient, sink in
            var start = 0
            for part in parts {
                sink.add(gradient[rows: start..<start + part.rows], to: part)
                start += part.rows
            }
        }
    }
}
