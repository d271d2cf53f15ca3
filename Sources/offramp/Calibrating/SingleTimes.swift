import Offramp
import OfframpCalibration
import OfframpEngine
import OfframpExit

/// How long texts take alone on this machine, by the exit where they leave.
struct SingleTimes {
    private let model: LoadedModel
    private let texts: [TextInput]
    private let trace: Trace
    /// Milliseconds, `[texts][exits]`.
    private let milliseconds: [[Double]]

    private static let mostTexts = 200
    private static let rounds = 3

    /// Answers some of the texts at every fixed depth; the middle one of three rounds counts.
    init(_ model: LoadedModel, _ texts: [TextInput], _ parts: CalibrationParts) throws {
        trace = parts.test.gathered(Array(0..<min(Self.mostTexts, parts.test.textCount)))
        let timed = parts.testTexts.prefix(Self.mostTexts).map { texts[$0] }
        let classifiers = try trace.depths.map {
            try Classifier(model, policy: FixedDepth($0).name)
        }
        for text in timed { _ = try classifiers[classifiers.count - 1].classify([text]) }
        milliseconds = try timed.map { text in
            try classifiers.map { classifier in
                try (0..<Self.rounds).map { _ in try Self.milliseconds(classifier, text) }
                    .sorted()[Self.rounds / 2]
            }
        }
        (self.model, self.texts) = (model, timed)
    }

    /// The time that 95 of 100 texts should not exceed under a policy.
    func p95(_ policy: any ExitPolicy) -> Double {
        let times = zip(milliseconds, trace.replay(policy)).map { $0[$1.exitIndex] }
        return Interval(quantile: 0.95, ofSorted: times.sorted()).value
    }

    /// The time that they do not exceed.
    func measuredP95(_ policy: any ExitPolicy) throws -> Double {
        let classifier = try Classifier(model, policy: policy.name)
        let times = try (0..<Self.rounds).flatMap { _ in
            try texts.map { try Self.milliseconds(classifier, $0) }
        }
        return Interval(quantile: 0.95, ofSorted: times.sorted()).value
    }

    private static func milliseconds(_ classifier: Classifier, _ text: TextInput) throws -> Double {
        let stopwatch = Stopwatch()
        _ = try classifier.classify([text])
        return stopwatch.seconds * 1000
    }
}
