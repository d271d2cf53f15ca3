import OfframpTensor

/// What a head reads of the hidden states at its depth: a step without parameters, so that a frozen
/// backbone's pooled states can be kept instead of all its tokens.
package enum Pooling: String, Sendable, CaseIterable {
    /// The first token, `[CLS]`.
    case firstToken = "first"
    /// Mean and maximum over the tokens, side by side.
    case meanMax = "mean"
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
        case .none: hidden
        }
    }

    /// Columns of the result.
    package func features(width: Int) -> Int { self == .meanMax ? 2 * width : width }
}
