import Offramp
import OfframpCalibration
import OfframpEngine
import OfframpExit

/// How long texts take in batches on this machine, by the exit where they leave.
struct BatchTimes {
    private let model: LoadedModel
    private let texts: [TextInput]
    private let trace: Trace
    /// Seconds for a token, `[exits]`.
    private let secondsPerToken: [Double]

    private static let mostTexts = 2_000
    private static let rounds = 5

    /// Answers some of the texts at every fixed depth, in alternating rounds; the fastest round counts, as
    /// everything else on a machine only takes time.
    init(_ model: LoadedModel, _ texts: [TextInput], _ parts: CalibrationParts) throws {
        let timed = parts.test.gathered(Array(0..<min(Self.mostTexts, parts.test.textCount)))
        self.model = model
        self.texts = parts.testTexts.prefix(Self.mostTexts).map { texts[$0] }
        trace = timed
        let classifiers = try timed.depths.map {
            try Classifier(model, policy: FixedDepth($0).name)
        }
        var seconds = timed.depths.map { _ in Double.infinity }
        for _ in 0...Self.rounds {
            for (exit, classifier) in classifiers.enumerated() {
                seconds[exit] = min(seconds[exit], try Self.seconds(classifier, self.texts))
            }
        }
        let tokens = Double((timed.tokens ?? []).reduce(0, +))
        secondsPerToken = seconds.map { $0 / tokens }
    }

    /// How many times as fast as the full model a policy should be.
    func speedup(_ policy: any ExitPolicy) -> Double {
        let tokens = (trace.tokens ?? []).map(Double.init)
        let spent = zip(tokens, trace.replay(policy)).reduce(0) {
            $0 + $1.0 * secondsPerToken[$1.1.exitIndex]
        }
        return tokens.reduce(0, +) * (secondsPerToken.last ?? 0) / spent
    }

    /// How many times as fast it is: the median of alternating rounds.
    func measuredSpeedup(_ policy: any ExitPolicy) throws -> Double {
        let (early, full) = (
            try Classifier(model, policy: policy.name), try Classifier(model, policy: Full().name)
        )
        let ratios = try (0..<Self.rounds).map { _ in
            try Self.seconds(full, texts) / Self.seconds(early, texts)
        }
        return ratios.sorted()[Self.rounds / 2]
    }

    private static func seconds(_ classifier: Classifier, _ texts: [TextInput]) throws -> Double {
        let stopwatch = Stopwatch()
        _ = try classifier.classify(texts)
        return stopwatch.seconds
    }
}
