import COfframpKernels

/// The dropout of one forward pass (Srivastava et al. 2014). Which elements are dropped depends
/// only on the seed and the order of the calls.
package struct Dropout: Sendable {
    /// The share of hidden values set to zero; the others grow by `1 / (1 - share)`.
    package let hidden: Float
    /// The share of attention probabilities set to zero.
    package let attention: Float
    private var random: RandomSource

    /// Dropout for one forward pass.
    package init(hidden: Float, attention: Float, seed: UInt64) {
        precondition((0..<1).contains(hidden) && (0..<1).contains(attention))
        self.hidden = hidden
        self.attention = attention
        random = RandomSource(seed: seed)
    }

    /// No dropout: inference, or a frozen part.
    package static var none: Dropout { Dropout(hidden: 0, attention: 0, seed: 0) }

    mutating func nextSeed() -> UInt64 { random.next() }
}

extension Tensor {
    /// Sets random elements to zero and scales up the others, so that the expected value stays.
    package func dropping(_ dropout: inout Dropout) -> Tensor {
        guard dropout.hidden > 0 else { return self }
        let (probability, seed) = (dropout.hidden, dropout.nextSeed())
        @Sendable func drop(_ x: Tensor) -> Tensor {
            Tensor(x.shape) {
                offramp_dropout(x.shape.count, probability, seed, x.pointer, $0)
            }
        }
        // The seed drops the same elements again, so no mask is kept.
        return drop(self).recorded(from: self) { gradient, sink in
            sink.add(drop(gradient), to: self)
        }
    }
}
