import COfframpKernels

extension Tensor {
    /// Multi-head scaled dot-product self-attention within each text (Vaswani et al. 2017), given
    /// queries, keys and values side by side: `[tokens, 3 · width]`.
    ///
    /// - Parameters:
    ///   - bias: is added to the scores; `nil` for none.
    ///   - format: the number format of the forward products; the gradient multiplies floats.
    /// - Returns: `[tokens, width]`, the heads side by side.
    package func selfAttention(
        _ texts: TextRanges, heads: Int, bias: AttentionBias? = nil,
        format: ProductFormat = .float32, dropout: inout Dropout
    ) -> Tensor {
        let width = columns / 3
        precondition(columns == 3 * width && width % heads == 0, "\(shape) with \(heads) heads")
        precondition(texts.tokens == rows, "\(texts.tokens) tokens for \(shape)")
        precondition(
            bias.map { $0.table.rows == heads && $0.reach >= texts.longest } ?? true,
            "a bias for other heads or shorter texts")
        let (probability, seed) = (dropout.attention, dropout.nextSeed())
        let isTraced = node != nil || bias?.table.node != nil
        let kept = isTraced ? Tensor(unset: .vector(texts.scoreCount * heads)) : nil
        let added = bias?.kernel ?? offramp_attention_bias()
        let result = Tensor(.matrix(rows, width)) { result in
            let bytes = Int(offramp_attention_scratch(texts.longest, width, heads))
            Workers.current.share(heads, atLeast: 1, scratchBytes: bytes) { range, scratch in
                offramp_attention(
                    Processor.path, format.kernel, texts.count, texts.starts, width, heads,
                    range.lowerBound, range.upperBound, pointer, added, probability, seed, result,
                    kept.map { UnsafeMutablePointer(mutating: $0.pointer) }, scratch)
            }
        }
        guard let kept else { return result }
        return result.recorded(from: [self] + (bias.map { [$0.table] } ?? [])) { gradient, sink in
            let bytes = Int(offramp_attention_gradient_scratch(texts.longest, width, heads))
            let scratch = BufferPool.shared.take(bytes)
            defer { BufferPool.shared.give(scratch, bytes: bytes) }
            let biasGradient = bias.map { Tensor($0.table.shape, repeating: 0) }
            let inputGradient = Tensor(shape) {
                offramp_attention_gradient(
                    Processor.path, texts.count, texts.starts, width, heads, gradient.pointer,
                    pointer, kept.pointer, probability, seed, $0,
                    biasGradient.map { UnsafeMutablePointer(mutating: $0.pointer) },
                    bias?.reach ?? 0, scratch)
            }
            sink.add(inputGradient, to: self)
            if let bias, let biasGradient { sink.add(biasGradient, to: bias.table) }
        }
    }
}

extension TextRanges {
    /// The number of pairs of tokens within the same text: one head's scores.
    fileprivate var scoreCount: Int { lengths.reduce(0) { $0 + $1 * $1 } }
}
