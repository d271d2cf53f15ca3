import COfframpKernels

extension Tensor {
    /// The rows at the given indices, in that order; they may repeat.
    ///
    /// - Returns: `[indices, columns]`.
    package func gathering(rows indices: [Int32]) -> Tensor {
        precondition(
            indices.allSatisfy { (0..<rows).contains(Int($0)) }, "an index beyond \(rows) rows")
        let result = Tensor(.matrix(indices.count, columns)) {
            offramp_gather_rows(indices.count, columns, indices, pointer, $0)
        }
        return result.recorded(from: self) { gradient, sink in
            var inputGradient = Tensor(shape, repeating: 0)
            inputGradient.addRows(gradient, at: indices)
            sink.add(inputGradient, to: self)
        }
    }
}
