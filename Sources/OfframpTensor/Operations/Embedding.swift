import COfframpKernels

/// The sum of three rows for every token: of its word piece, its position and its segment.
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

/// The sum over tables in any precision; without a gradient.
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
