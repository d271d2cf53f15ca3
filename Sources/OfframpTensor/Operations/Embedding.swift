import COfframpKernels

/// What a packed batch reads from one embedding table.
package struct TableReading: Sendable {
    /// A row of the table for each token.
    let indices: [Int32]
    let table: WeightMatrix

    /// A reading of rows that must lie in the table.
    package init(_ indices: [Int32], of table: WeightMatrix) {
        let rows = UInt32(table.shape.rows)
        precondition(
            indices.allSatisfy { UInt32(bitPattern: $0) < rows }, "an index beyond \(rows) rows")
        self.indices = indices
        self.table = table
    }
}

/// The sum of the rows that every token reads from embedding tables, in any precision.
///
/// - Parameter readings: as many indices each, from tables of the same width.
/// - Returns: `[tokens, width]`.
package func embeddingSum(_ readings: [TableReading]) -> Tensor {
    let shape = Shape.matrix(readings[0].indices.count, readings[0].table.shape.columns)
    precondition(
        readings.allSatisfy {
            $0.indices.count == shape.rows && $0.table.shape.columns == shape.columns
        })
    let sum = Tensor(shape) { sums in
        Workers.current.share(shape.rows, atLeast: Workers.leastRows) { tokens, _ in
            let target = sums + tokens.lowerBound * shape.columns
            target.update(repeating: 0, count: tokens.count * shape.columns)
            for reading in readings {
                reading.table.addRows(at: Array(reading.indices[tokens]), to: target)
            }
        }
    }
    let trained = readings.compactMap { reading -> (indices: [Int32], table: Tensor)? in
        guard case .float32(let table) = reading.table else { return nil }
        return (reading.indices, table)
    }
    return sum.recorded(from: trained.map(\.table)) { gradient, sink in
        for (indices, table) in trained { sink.add(gradient, toRows: indices, of: table) }
    }
}

extension WeightMatrix {
    /// Adds the row at each index to a row of `sums`, `[indices, columns]`.
    fileprivate func addRows(at indices: [Int32], to sums: UnsafeMutablePointer<Float>) {
        if case .quantized(let rows) = self { return rows.addRows(at: indices, to: sums) }
        offramp_gather_add_rows(indices.count, shape.columns, indices, tensor.pointer, sums)
    }
}
