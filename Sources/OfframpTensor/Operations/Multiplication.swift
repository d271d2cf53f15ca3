extension Tensor {
    /// The product of two tensors of the same shape, element by element.
    package static func * (a: Tensor, b: Tensor) -> Tensor {
        a.combined(with: b, *).recorded(from: a, b) { gradient, sink in
            sink.add(gradient.combined(with: b, *), to: a)
            sink.add(gradient.combined(with: a, *), to: b)
        }
    }

    /// Every row times a row, `[columns]`, element by element: a gate for each column.
    package func multiplied(byRow row: Tensor) -> Tensor {
        combined(withRow: row, *).recorded(from: self, row) { gradient, sink in
            sink.add(gradient.combined(withRow: row, *), to: self)
            let rowGradient = gradient.combined(with: self, *).columnSums()
            sink.add(rowGradient.reshaped(to: row.shape), to: row)
        }
    }

    /// Every row times its own number, `[rows, 1]`: the weight of each text.
    package func multiplied(byColumn column: Tensor) -> Tensor {
        combined(withColumn: column, *).recorded(from: self, column) { gradient, sink in
            sink.add(gradient.combined(withColumn: column, *), to: self)
            let columnGradient = gradient.combined(with: self, *).rowSums()
            sink.add(columnGradient.reshaped(to: column.shape), to: column)
        }
    }
}
