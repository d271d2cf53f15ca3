/// How much worse some answers are than others to the same texts, and how sure that is.
package struct QualityLoss: Sendable {
    /// The reference's quality less that of the answers, in units of the metric; below 0 for a gain.
    package let value: Double
    /// The standard error of `value`, by the jackknife over groups of texts: because both answer the
    /// same texts it is far smaller than that of either quality.
    package let standardError: Double
    /// The loss without each group of texts.
    private let parts: [Double]

    private static let groups = 25
    /// The standard errors that a loss must be clear of: one-sided 95 % confidence that it is no larger.
    package static let usualMargin = 1.645

    /// Compares two series of answers.
    package init(
        of answers: [Prediction], against reference: [Prediction], _ gold: Gold, _ metric: Metric
    ) {
        precondition(answers.count == reference.count, "answers to the same texts")
        func loss(_ texts: [Int]?) -> Double {
            func quality(_ answers: [Prediction]) -> Double {
                guard let texts else { return metric(answers, gold) ?? 0 }
                return metric(texts.map { answers[$0] }, gold.gathered(texts)) ?? 0
            }
            return quality(reference) - quality(answers)
        }
        // Without its only text there would be nothing to measure.
        let groups = answers.count > 1 ? min(Self.groups, answers.count) : 0
        self.init(
            value: loss(nil),
            parts: (0..<groups).map { group in
                loss(answers.indices.filter { $0 % groups != group })
            })
    }

    /// The mean of losses on the same texts, where a text that is lost by one is often lost by others.
    package init(mean losses: [QualityLoss]) {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        self.init(
            value: mean(losses.map(\.value)),
            parts: (losses.first?.parts ?? []).indices.map { group in
                mean(losses.map { $0.parts[group] })
            })
    }

    private init(value: Double, parts: [Double]) {
        self.value = value
        self.parts = parts
        let groups = Double(parts.count)
        let mean = parts.reduce(0, +) / groups
        let squares = parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardError = parts.isEmpty ? 0 : (squares * (groups - 1) / groups).squareRoot()
    }

    /// Whether the loss is within a bound.
    ///
    /// - Parameter margin: the standard errors that must fit in as well; below 0 for the benefit of
    ///   the doubt.
    package func isWithin(_ bound: Double, margin: Double) -> Bool {
        value + margin * standardError <= bound
    }
}

extension Trace {
    /// The loss of each exit against that of another model's trace of the same texts, `[exits]`.
    package func losses(against reference: Trace) -> [QualityLoss] {
        precondition(depths == reference.depths, "the same exits")
        guard let gold else { preconditionFailure("a loss needs right answers") }
        return depths.map { depth in
            QualityLoss(
                of: replay(FixedDepth(depth)).map(\.prediction),
                against: reference.replay(FixedDepth(depth)).map(\.prediction), gold, metric)
        }
    }
}
