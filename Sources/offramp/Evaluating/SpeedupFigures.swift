import Offramp
import OfframpEngine
import OfframpExit

/// How many times as fast as the full model texts are answered, measured in alternating rounds.
struct SpeedupFigures {
    /// In batches.
    let batches: Interval
    /// One text after the other.
    let alone: Interval

    private static let mostTexts = (batches: 512, alone: 100)
    private static let rounds = 5

    /// Times some of the texts under a classifier's policy and under `full`.
    init(_ classifier: Classifier, _ texts: [TextInput]) throws {
        let full = classifier.with(policy: Full())
        func ratios(_ answer: (Classifier) throws -> Void) throws -> Interval {
            func seconds(_ classifier: Classifier) throws -> Double {
                let stopwatch = Stopwatch()
                try answer(classifier)
                return stopwatch.seconds
            }
            return Interval(
                meanOf: try (0..<Self.rounds).map { _ in
                    try seconds(full) / seconds(classifier)
                })
        }
        let some = Array(texts.prefix(Self.mostTexts.batches))
        batches = try ratios { _ = try $0.classify(some) }
        alone = try ratios { classifier in
            for text in some.prefix(Self.mostTexts.alone) { _ = try classifier.classify([text]) }
        }
    }
}
