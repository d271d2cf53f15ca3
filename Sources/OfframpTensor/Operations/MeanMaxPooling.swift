import COfframpKernels

extension Tensor {
    /// The mean and the maximum over the rows of each text, side by side.
    ///
    /// - Returns: `[texts, 2 · columns]`: means, then maxima.
    package func meanMax(_ texts: TextRanges) -> Tensor {
        meanMax(texts, starts: texts.starts)
    }

    /// The mean over the rows of each segment of each text; 0 for a second one that is not there.
    ///
    /// - Returns: two tensors, `[texts, columns]`: of the first segments and of the second ones.
    package func segmentMeans(_ texts: TextRanges) -> (first: Tensor, second: Tensor) {
        let means = meanMax(texts, starts: texts.segmentStarts)[columns: 0..<columns]
        let first = (0..<texts.count).map { Int32(2 * $0) }
        return (means.gathering(rows: first), means.gathering(rows: first.map { $0 + 1 }))
    }

    private func meanMax(_ texts: TextRanges, starts: [Int32]) -> Tensor {
        precondition(texts.tokens == rows, "\(texts.tokens) tokens for \(shape)")
        let count = starts.count - 1
        let winners = Winners(count: node == nil ? 0 : count * columns)
        let result = Tensor(.matrix(count, 2 * columns)) {
            offramp_mean_max(count, columns, starts, pointer, $0, winners.pointer)
        }
        return result.recorded(from: self) { gradient, sink in
            var inputGradient = Tensor(shape, repeating: 0)
            inputGradient.withMutableValues { values in
                guard let start = values.baseAddress else { return }
                offramp_mean_max_gradient(
                    count, columns, starts, gradient.pointer, winners.pointer, start)
            }
            sink.add(inputGradient, to: self)
        }
    }
}

/// The row with the maximum of each text and column, kept for the gradient. Unchecked `Sendable`:
/// only the forward kernel writes to it, before it is shared.
private final class Winners: @unchecked Sendable {
    /// `nil` if no gradient is wanted.
    let pointer: UnsafeMutablePointer<Int32>?
    private let bytes: Int

    init(count: Int) {
        bytes = count * MemoryLayout<Int32>.stride
        pointer =
            count == 0
            ? nil : BufferPool.shared.take(bytes).bindMemory(to: Int32.self, capacity: count)
    }

    deinit {
        if let pointer { BufferPool.shared.give(pointer, bytes: bytes) }
    }
}
