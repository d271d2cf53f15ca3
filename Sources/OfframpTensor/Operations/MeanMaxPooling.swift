import COfframpKernels

extension Tensor {
    /// The mean and the maximum over the rows of each text, side by side.
    ///
    /// - Returns: `[texts, 2 · columns]`: means, then maxima.
    package func meanMax(_ texts: TextRanges) -> Tensor {
        precondition(texts.tokens == rows, "\(texts.tokens) tokens for \(shape)")
        let winners = Winners(count: node == nil ? 0 : texts.count * columns)
        let result = Tensor(.matrix(texts.count, 2 * columns)) {
            offramp_mean_max(texts.count, columns, texts.starts, pointer, $0, winners.pointer)
        }
        return result.recorded(from: self) { gradient, sink in
            var inputGradient = Tensor(shape, repeating: 0)
            inputGradient.withMutableValues { values in
                guard let start = values.baseAddress else { return }
                offramp_mean_max_gradient(
                    texts.count, columns, texts.starts, gradient.pointer, winners.pointer, start)
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
