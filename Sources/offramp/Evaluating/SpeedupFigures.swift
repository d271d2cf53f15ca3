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
    private static let leastTexts = 16
    private static let rounds = 5
    /// What the full model may take for a round, so that long texts do not take minutes.
    private static let roundSeconds = 0.5

    /// Times some of the texts, and the same ones under `full` by the largest model alone.
    ///
    /// - Parameter cascade: of one classifier or several.
    init(_ cascade: ClassifierCascade, _ texts: [TextInput]) throws {
        let full = try ClassifierCascade([cascade.largest.with(policy: Full())])
        batches = try Self.speedup(cascade, full, texts.prefix(Self.mostTexts.batches)) {
            _ = try $0.classify(Array($1))
        }
        alone = try Self.speedup(cascade, full, texts.prefix(Self.mostTexts.alone)) {
            for text in $1 { _ = try $0.classify([text]) }
        }
    }

    /// The full model's time over the cascade's, on as many of the texts as there is time for.
    private static func speedup(
        _ cascade: ClassifierCascade, _ full: ClassifierCascade, _ texts: ArraySlice<TextInput>,
        _ answer: (ClassifierCascade, ArraySlice<TextInput>) throws -> Void
    ) throws -> Interval {
        func seconds(
            _ cascade: ClassifierCascade, _ texts: ArraySlice<TextInput>
        ) throws -> Double {
            let stopwatch = Stopwatch()
            try answer(cascade, texts)
            return stopwatch.seconds
        }
        let few = texts.prefix(leastTexts)
        let secondsPerText = try seconds(full, few) / Double(few.count)
        let timed = texts.prefix(max(few.count, Int(roundSeconds / secondsPerText)))
        return Interval(
            geometricMeanOf: try (0..<rounds).map { _ in
                try seconds(full, timed) / seconds(cascade, timed)
            })
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
