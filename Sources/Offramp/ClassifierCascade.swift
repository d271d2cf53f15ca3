import OfframpEngine
import OfframpExit
import OfframpTensor

/// Classifiers from small to large: each answers the texts that it is sure of, and hands the others on to the next.
/// The last one answers whatever it gets. Every classifier keeps its exits and its policy.
///
/// ```swift
/// let cascade = try ClassifierCascade([Classifier(small), Classifier(large)])
/// let answer = try cascade.classify("a truly wonderful film")
/// print(answer.label, answer.model, answer.depth)
/// ```
///
/// As with one classifier, the answer to a text depends neither on the other texts of a call nor on the number of
/// threads. Cascades of whole networks: Bolukbasi et al. 2017 (network selection), Li et al. 2021 (CascadeBERT).
public struct ClassifierCascade: Sendable {
    /// The classifiers, from small to large.
    public private(set) var classifiers: [Classifier]
    /// Whether the threshold is the one that `offramp calibrate` has saved.
    public let isCalibrated: Bool
    /// Of each classifier's labels the indices in `labels`, `[classifiers][labels]`.
    let labelIndices: [[Int]]
    let rule: CascadeRule

    /// Puts classifiers in a row.
    ///
    /// - Parameters:
    ///   - classifiers: from small to large, at least one. All know the same labels, in any order.
    ///   - threshold: the least confidence, `Classification.probability`, of an answer that is not handed on; with
    ///     0 the first classifier answers everything, above 1 the last one does. `nil` for what
    ///     `offramp calibrate --cascade` has saved for these checkpoints under these policies, or else 0.9.
    /// - Throws: `OfframpError`: `usage` for a threshold below 0 or a regression, whose numbers have no
    ///   confidence; `data` for checkpoints of different tasks or labels.
    public init(_ classifiers: [Classifier], threshold: Float? = nil) throws {
        if let threshold, !(threshold >= 0) {
            throw OfframpError(
                .usage, at: "threshold", found: "\(threshold)", expected: "a number from 0")
        }
        labelIndices = try Self.labelIndices(of: classifiers)
        self.classifiers = classifiers
        let saved = threshold == nil ? try Self.calibratedRule(for: classifiers) : nil
        rule = threshold.map { CascadeRule($0) } ?? saved ?? .uncalibrated
        isCalibrated = saved != nil
    }
}

extension ClassifierCascade {
    /// The least confidence of an answer that is not handed on.
    public var threshold: Float { rule.threshold }

    /// The labels' names, in the order of `Classification.probabilities`: that of the last classifier.
    public var labels: [String] { classifiers.last?.labels ?? [] }

    /// The same cascade, reading something else of long texts; costs nothing.
    public func with(longTexts: LongTexts) -> ClassifierCascade {
        var copy = self
        copy.classifiers = classifiers.map { $0.with(longTexts: longTexts) }
        return copy
    }
}
