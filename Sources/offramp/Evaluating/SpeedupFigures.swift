import Offramp
import OfframpEngine
import OfframpExit
import OfframpFiles

/// How many times as fast as the full model texts are answered, measured in alternating rounds.
struct SpeedupFigures {
    /// In batches.
    let batches: Interval
    /// One text after the other.
    let alone: Interval

    private static let mostTexts = (batches: 512, alone: 100)
    private static let rounds = 5

    /// Times some of the texts, and the same ones under `full` by the largest model alone.
    ///
    /// - Parameter cascade: of one classifier or several.
    init(_ cascade: ClassifierCascade, _ texts: [TextInput]) throws {
        let full = try ClassifierCascade([cascade.largest.with(policy: Full())])
        func ratios(_ answer: (ClassifierCascade) throws -> Void) throws -> Interval {
            func seconds(_ cascade: ClassifierCascade) throws -> Double {
                let stopwatch = Stopwatch()
                try answer(cascade)
                return stopwatch.seconds
            }
            return Interval(
                meanOf: try (0..<Self.rounds).map { _ in try seconds(full) / seconds(cascade) })
        }
        let some = Array(texts.prefix(Self.mostTexts.batches))
        batches = try ratios { _ = try $0.classify(some) }
        alone = try ratios { cascade in
            for text in some.prefix(Self.mostTexts.alone) { _ = try cascade.classify([text]) }
        }
    }
}

extension SpeedupFigures {
    /// So many times as fast as the full model.
    ///
    /// - Parameter full: what it is called.
    func figures(against full: String) -> [Figure] {
        [
            figure("speedup", "against \(full), in batches", batches),
            figure("speedup_alone", "one text alone", alone),
        ]
    }

    private func figure(_ key: String, _ title: String, _ times: Interval) -> Figure {
        let bounds = [times.lower, times.upper].map { $0.text(decimals: 2) }
        return Figure(
            key, title: title,
            Value(
                text:
                    "\(times.value.text(decimals: 2)) times as fast (\(bounds.joined(separator: " to ")))",
                json: [
                    "value": .number(times.value), "lower": .number(times.lower),
                    "upper": .number(times.upper),
                ]))
    }
}
