import OfframpExit
import OfframpTensor

/// Texts that one part of a model hands on to the next: their hidden states at the depth where the model is split, and
/// what the exits so far have said of them, so that policies and heads with a memory go on as in the whole model.
///
/// A `ClassifierPart` makes one and takes one. In between it may travel as bytes:
///
/// ```swift
/// let bytes = try step.handedOn.bytes(.float16)
/// let handedOn = try HandedOn(bytes)
/// ```
///
/// It holds no text and no word piece. Hidden states are no secret code, though: much of a text can be told from them.
public struct HandedOn: Sendable {
    /// How many layers have run.
    public let depth: Int
    /// What tells the encoder that they ran in from all others.
    package let backbone: String
    /// `[tokens, width]`.
    package let hidden: Tensor
    /// Which rows belong to which text.
    package let texts: TextRanges
    /// Whether each text was longer than the model reads, `[texts]`.
    package let areTruncated: [Bool]
    /// By ascending depth.
    package let exits: [SpokenExit]
}

/// What one exit has said of texts, as a part hands it on.
package struct SpokenExit: Sendable {
    /// Where it stands, in layers.
    package let depth: Int
    /// What tells it from all other exits.
    package let fingerprint: String
    /// `[texts, outputs]`.
    package let logits: Tensor
    /// `[texts]`, if it gives any.
    package let signals: Tensor?
}

extension HandedOn {
    /// How many texts there are.
    public var count: Int { texts.count }

    /// Whether there are none: the exits have answered all texts.
    public var isEmpty: Bool { count == 0 }

    /// How many tokens the texts have, special tokens included.
    public var tokens: Int { texts.tokens }
}

/// How the hidden states of `HandedOn` are stored.
public enum StateStorage: String, Sendable, CaseIterable {
    /// Four bytes a number: the next part computes what the whole model would, to the bit.
    case float32
    /// Two bytes a number, IEEE 754 half precision.
    case float16
    /// One byte a number and a scale for each token: `scale = max|x| / 127`, `code = round(x / scale)`.
    case int8

    var type: ElementType {
        switch self {
        case .float32: .float32
        case .float16: .float16
        case .int8: .int8
        }
    }
}
