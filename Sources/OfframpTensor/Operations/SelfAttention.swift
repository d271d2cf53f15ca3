import COfframpKernels

extension Tensor {
    /// Multi-head scaled dot-product self-attention within each text (Vaswani et al. 2017), given
    /// queries, keys and values side by side: `[tokens, 3 · width]`.
    ///
    /// - Parameter format: the number format of the forward products; the gradient multiplies
    ///   floats.
    /// - Returns: `[tokens, width]`, the heads side by side.
    package func selfAttention(
        _ texts: TextRanges, heads: Int, format: ProductFormat = .float32, dropout: inout Dropout
    ) -> Tensor {
        let width = columns / 3
        precondition(columns == 3 * width && width % heads == 0, "\(shape) with \(heads) heads")
        precondition(texts.tokens == rows, "\(texts.tokens) tokens for \(shape)")
        let (probability, seed) = (dropout.attention, dropout.nextSeed())
        let kept = node == nil ? nil : Tensor(unset: .vector(texts.scoreCount * heads))
        let result = Tensor(.matrix(rows, width)) { result in
            let bytes = Int(offramp_attention_scratch(texts.longest, width, heads))
            Workers.current.share(heads, atLeast: 1, scratchBytes: bytes) { range, scratch in
                offramp_attention(
                    Processor.path, format.kernel, texts.count, texts.starts, width, heads,
                    range.lowerBound, range.upperBound, pointer, probability, seed, result,
                    kept.map { UnsafeMutablePointer(mutating: $0.pointer) }, scratch)
            }
        }
        guard let kept else { return result }
        return result.recorded(from: self) { gradient, sink in
            let bytes = Int(offramp_attention_gradient_scratch(texts.longest, width, heads))
            let scratch = BufferPool.shared.take(bytes)
            defer { BufferPool.shared.give(scratch, bytes: bytes) }
            let inputGradient = Tensor(shape) {
                offramp_attention_gradient(
                    Processor.path, texts.count, texts.starts, width, heads, gradient.pointer,
                    pointer, kept.pointer, probability, seed, $0, scratch)
            }
            sink.add(inputGradient, to: self)
        }
    }
}

extension TextRanges {
    /// The number of pairs of tokens within the same text: one head's scores.
    fileprivate var scoreCount: Int { lengths.reduce(0) { $0 + $1 * $1 } }

    /// The number of tokens of the longest text.
    fileprivate var longest: Int { lengths.max() ?? 0 }
}
