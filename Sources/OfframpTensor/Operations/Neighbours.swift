extension Tensor {
    /// Each row between the one before it and the one after it: what a convolution over three tokens reads. Beyond the
    /// ends of a text there are zeros.
    ///
    /// - Returns: `[rows, 3 · columns]`.
    package func betweenNeighbours(_ texts: TextRanges) -> Tensor {
        precondition(texts.tokens == rows, "\(texts.tokens) tokens for \(shape)")
        var result = Tensor(.matrix(rows, 3 * columns), repeating: 0)
        result.withMutableValues { values in
            guard let start = values.baseAddress else { return }
            texts.forEachNeighbour { row, neighbour, place in
                (start + (3 * row + place) * columns).update(
                    from: pointer + neighbour * columns, count: columns)
            }
        }
        return result.recorded(from: self) { gradient, sink in
            var inputGradient = Tensor(shape, repeating: 0)
            inputGradient.withMutableValues { values in
                guard let start = values.baseAddress else { return }
                texts.forEachNeighbour { row, neighbour, place in
                    let (sum, part) = (
                        start + neighbour * columns,
                        gradient.pointer + (3 * row + place) * columns
                    )
                    for column in 0..<columns { sum[column] += part[column] }
                }
            }
            sink.add(inputGradient, to: self)
        }
    }
}

extension TextRanges {
    /// Calls a function for every row and every one of the three around it that its text has; `place` is 0 for the row
    /// before, 1 for the row itself, 2 for the one after.
    fileprivate func forEachNeighbour(_ body: (_ row: Int, _ neighbour: Int, _ place: Int) -> Void)
    {
        for text in 0..<count {
            let range = self[text]
            for row in range {
                for place in 0..<3 where range.contains(row + place - 1) {
                    body(row, row + place - 1, place)
                }
            }
        }
    }
}
