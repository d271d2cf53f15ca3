import OfframpTensor

/// What a head reads of the hidden states at its depth: a step without parameters, so that a frozen
/// backbone's pooled states can be kept instead of all its tokens.
package enum Pooling: String, Sendable, CaseIterable {
    /// The first token, `[CLS]`.
    case firstToken = "first"
    /// Mean and maximum over the tokens, side by side.
    case meanMax = "mean"
    /// Mean and maximum over the tokens, and what the means `a` and `b` of the two segments say of each
    /// other: `a`, `b`, `|a - b|`, `a b` and their cosine (InferSent, Conneau et al. 2017).
    case pair
    /// Nothing: the head works on all tokens.
    case none = "tokens"

    /// Pools hidden states.
    ///
    /// - Parameters:
    ///   - hidden: `[tokens, width]`.
    ///   - texts: which rows belong to which text.
    /// - Returns: `[texts, features(width)]`, or `hidden` itself for `none`.
    package func callAsFunction(_ hidden: Tensor, _ texts: TextRanges) -> Tensor {
        switch self {
        case .firstToken: hidden.gathering(rows: texts.firstRows)
        case .meanMax: hidden.meanMax(texts)
        case .pair: hidden.meanMax(texts).concatenated(with: comparison(hidden, texts))
        case .none: hidden
        }
    }

    /// Columns of the result.
    package func features(width: Int) -> Int {
        switch self {
        case .firstToken, .none: width
        case .meanMax: 2 * width
        case .pair: 6 * width + 1
        }
    }

    private func comparison(_ hidden: Tensor, _ texts: TextRanges) -> Tensor {
        let (first, second) = hidden.segmentMeans(texts)
        return first.concatenated(with: second)
            .concatenated(with: (first - second).absolute())
            .concatenated(with: first * second)
            .concatenated(with: first.cosines(with: second))
    }
}
