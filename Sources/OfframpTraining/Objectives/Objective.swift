import OfframpExit
import OfframpTensor

/// The training loss over the logits of all exits.
public protocol Objective: Sendable {
    /// The loss of one batch.
    ///
    /// - Parameters:
    ///   - logits: of each exit, `[texts, labels]`, by ascending depth; the last is the full model.
    ///   - targets: what the texts are.
    /// - Returns: a scalar: the mean over the texts.
    func loss(_ logits: [Tensor], _ targets: Targets) -> Tensor
}

/// What a batch of texts is.
public enum Targets: Sendable {
    /// The index of each text's label.
    case labels([Int])
    /// The index of each text's label, and the distribution over the labels that is learned in its
    /// place, `[texts, labels]`.
    case softened([Int], Tensor)
    /// Each text's number, in a regression.
    case values([Float])

    /// The number of texts.
    public var count: Int {
        switch self {
        case .labels(let labels), .softened(let labels, _): labels.count
        case .values(let values): values.count
        }
    }

    /// The targets of some of the texts.
    public func gathering(_ texts: [Int]) -> Targets {
        switch self {
        case .labels(let labels): .labels(texts.map { labels[$0] })
        case .softened(let labels, let distributions):
            .softened(
                texts.map { labels[$0] }, distributions.gathering(rows: texts.map(Int32.init)))
        case .values(let values): .values(texts.map { values[$0] })
        }
    }

    /// The targets as the right answers of a trace.
    public var gold: Gold {
        switch self {
        case .labels(let labels), .softened(let labels, _): .labels(labels)
        case .values(let values): .values(values)
        }
    }

    /// One exit's own loss: cross-entropy with the labels, or the squared error of a regression.
    func loss(_ logits: Tensor) -> Tensor {
        switch self {
        case .labels(let labels): logits.crossEntropy(labels)
        case .softened(_, let distributions): logits.crossEntropy(targets: distributions)
        case .values(let values): logits.squaredError(values)
        }
    }
}

extension [Tensor] {
    /// The sum of some scalars; 0 of none, as an only exit has no inner ones.
    func sum() -> Tensor { isEmpty ? Tensor([0]) : dropFirst().reduce(self[0], +) }
}
