import COfframpKernels

/// The indices that one packed batch reads from the three embedding tables, one of each a token.
package struct TokenIndices: Sendable {
    /// Word-piece ids.
    package let words: [Int32]
    /// Places within the text, from 0.
    package let positions: [Int32]
    /// 0 for the first segment of a text, 1 for the second.
    package let segments: [Int32]

    /// Indices of equally many tokens.
    package init(words: [Int32], positions: [Int32], segments: [Int32]) {
        precondition(words.count == positions.count && words.count == segments.count)
        self.words = words
        self.positions = positions
        self.segments = segments
    }

    /// The number of tokens.
    package var count: Int { words.count }
}

/// The sum of three rows for every token: its word piece, its position, its segment.
///
/// - Returns: `[tokens, width]`.
package func embeddingSum(
    _ indices: TokenIndices, words: WeightMatrix, positions: WeightMatrix, segments: WeightMatrix
) -> Tensor {
    let width = words.shape.columns
    precondition(positions.shape.columns == width && segments.shape.columns == width)
    let readings = [
        (indices.words, words), (indices.positions, positions), (indices.segments, segments),
    ]
    for (indices, table) in readings { checkRows(indices, of: table.shape) }
    guard case .float32(let words) = words, case .float32(let positions) = positions,
        case .float32(let segments) = segments
    else { return rowSum(readings, shape: .matrix(indices.count, width)) }
    let sum = Tensor(.matrix(indices.count, width)) {
        offramp_embed(
            indices.count, width, indices.words, indices.positions, indices.segments, words.pointer,
            positions.pointer, segments.pointer, $0)
    }
    return sum.recorded(from: words, positions, segments) { gradient, sink in
        sink.add(gradient, toRows: indices.words, of: words)
        sink.add(gradient, toRows: indices.positions, of: positions)
        sink.add(gradient, toRows: indices.segments, of: segments)
    }
}

/// The sum over tables of any precision; without a gradient.
private func rowSum(_ readings: [([Int32], WeightMatrix)], shape: Shape) -> Tensor {
    Tensor(shape) { sums in
        Workers.current.share(shape.rows, atLeast: Workers.leastRows) { tokens, _ in
            let target = sums + tokens.lowerBound * shape.columns
            target.update(repeating: 0, count: tokens.count * shape.columns)
            for (indices, table) in readings { table.addRows(at: indices[tokens], to: target) }
        }
    }
}

extension WeightMatrix {
    /// Adds the row at each index to a row of `sums`, `[indices, columns]`.
    fileprivate func addRows(
        at indices: ArraySlice<Int32>, to sums: UnsafeMutablePointer<Float>
    ) {
        if case .quantized(let rows) = self { return rows.addRows(at: indices, to: sums) }
        let (table, width) = (tensor, shape.columns)
        for (place, index) in indices.enumerated() {
            let sum = sums + place * width
            offramp_add(width, sum, table.pointer + Int(index) * width, sum)
        }
    }
}

private func checkRows(_ indices: [Int32], of table: Shape) {
    let rows = UInt32(table.rows)
    precondition(
        indices.allSatisfy { UInt32(bitPattern: $0) < rows }, "an index beyond \(rows) rows")
}
