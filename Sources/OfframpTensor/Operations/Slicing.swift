extension Tensor {
    /// Some columns of every row.
    package subscript(columns range: Range<Int>) -> Tensor {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(shape)")
        let slice = Tensor(.matrix(rows, range.count)) { values in
            for row in 0..<rows {
                (values + row * range.count).update(
                    from: pointer + row * columns + range.lowerBound, count: range.count)
            }
        }
        return slice.recorded(from: self) { gradient, sink in
            var inputGradient = Tensor(shape, repeating: 0)
            inputGradient.withMutableValues { values in
                for index in 0..<gradient.shape.count {
                    let (row, column) = index.quotientAndRemainder(dividingBy: range.count)
                    values[row * columns + range.lowerBound + column] = gradient.pointer[index]
                }
            }
            sink.add(inputGradient, to: self)
        }
    }

    /// Some consecutive rows.
    package subscript(rows range: Range<Int>) -> Tensor {
        gathering(rows: range.map(Int32.init))
    }
}
