extension Tensor {
    /// Each row between the one before it and the one after it: what a convolution over three tokens reads. Beyond the
    /// ends of a text there are zeros.
    ///
    /// - Returns: `[rows, 3 · columns]`.
    package func betweenNeighbours(_ texts: TextRanges) -> Tensor {
        precondition(texts.tokens == rows, "\(texts.tokens) tokens for \(shape)")
        let result = Tensor(.matrix(rows, 3 * columns)) { values in
            texts.forEachNeighbour { place, neighbour in
                let target = values + place * columns
                if let neighbour {
                    target.update(from: pointer + neighbour * columns, count: columns)
                } else {
                    target.update(repeating: 0, count: columns)
                }
            }
        }
        return result.recorded(from: self) { gradient, sink in
            var inputGradient = Tensor(shape, repeating: 0)
            inputGradient.withMutableValues { values in
                guard let start = values.baseAddress else { return }
                texts.forEachNeighbour { place, neighbour in
                    guard let neighbour else { return }
                    let (sum, part) = (
                        start + neighbour * columns, gradient.pointer + place * columns
                    )
                    for column in 0..<columns { sum[column] += part[column] }
                }
            }
            sink.add(inputGradient, to: self)
        }
    }
}

extension TextRanges {
    /// Calls a function for the three places of every row, its own in the middle, with the row that stands there; with
    /// `nil` where the text has none.
    fileprivate func forEachNeighbour(_ body: (_ place: Int, _ neighbour: Int?) -> Void) {
        for text in 0..<count {
            let range = self[text]
            for row in range {
                for place in 0..<3 {
                    let neighbour = row + place - 1
                    body(3 * row + place, range.contains(neighbour) ? neighbour : nil)
                }
            }
        }
    }
}
