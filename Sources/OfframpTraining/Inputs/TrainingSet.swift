import OfframpExit
import OfframpTokenizer

/// Tokenised texts with what they are.
public struct TrainingSet: Sendable {
    /// The texts.
    public let texts: [Encoding]
    /// What they are, in the same order.
    public let targets: Targets

    /// Pairs texts with their targets.
    public init(texts: [Encoding], targets: Targets) {
        precondition(texts.count == targets.count, "a target for each text")
        self.texts = texts
        self.targets = targets
    }

    /// The number of texts.
    public var count: Int { texts.count }

    /// The targets as the right answers of a trace.
    public var gold: Gold {
        switch targets {
        case .labels(let labels): .labels(labels)
        case .values(let values): .values(values)
        }
    }
}
