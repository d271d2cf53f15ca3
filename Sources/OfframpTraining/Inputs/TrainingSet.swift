import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Tokenised texts with what they are.
public struct TrainingSet: Sendable {
    /// The texts.
    public let texts: [Encoding]
    /// What they are, in the same order.
    public internal(set) var targets: Targets

    /// Pairs texts with their targets.
    public init(texts: [Encoding], targets: Targets) {
        precondition(texts.count == targets.count, "a target for each text")
        self.texts = texts
        self.targets = targets
    }

    /// Tokenises labelled rows.
    ///
    /// - Parameter checkpoint: what will read them.
    /// - Throws: `OfframpError` (`usage`) for pairs where it knows no second segment.
    init(_ data: Dataset, for checkpoint: Checkpoint, _ tokenizer: Tokenizer) throws {
        try checkpoint.checkSegments(for: data.rows.lazy.map(\.pair))
        self.init(
            texts: data.rows.map { tokenizer.encode($0.text, pair: $0.pair) },
            targets: data.targets)
    }

    /// The number of texts.
    public var count: Int { texts.count }

    /// A number that another set, or another order, will not have.
    var digest: UInt64 {
        let ids = texts.lazy.flatMap(\.ids).reduce(UInt64(0)) {
            RandomSource.seed($0, UInt64(UInt32(bitPattern: $1)))
        }
        switch targets {
        case .labels(let labels):
            return labels.reduce(ids) { RandomSource.seed($0, UInt64($1)) }
        case .softened(_, let distributions):
            return distributions.withValues {
                $0.reduce(ids) { RandomSource.seed($0, UInt64($1.bitPattern)) }
            }
        case .values(let values):
            return values.reduce(ids) { RandomSource.seed($0, UInt64($1.bitPattern)) }
        }
    }

    /// The targets as the right answers of a trace.
    public var gold: Gold { targets.gold }
}
