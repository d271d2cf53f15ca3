import Offramp

/// Texts per second when all are answered in batches.
struct ThroughputFigures {
    /// The mean over the rounds.
    let textsPerSecond: Interval
    /// How near that is to the speed of products alone; `nil` where that was not measured.
    let limit: LimitFigures?

    /// Answers all texts `rounds` times, after one round that does not count.
    ///
    /// - Parameter limit: what to measure after each round, so that both meet the same machine.
    init(
        _ classifier: Classifier, _ texts: [TextInput], rounds: Int,
        limit: ProductLimit?
    ) throws {
        func round() throws -> Double {
            let stopwatch = Stopwatch()
            _ = try classifier.classify(texts)
            return Double(texts.count) / stopwatch.seconds
        }
        let work = try classifier.multiplyAddsPerText(texts)
        let pairs = try (0..<rounds).map { _ in (try round(), limit?.measured()) }
        let speeds = pairs.map(\.0)
        textsPerSecond = Interval(geometricMeanOf: speeds)
        self.limit = limit.map {
            LimitFigures(
                textsPerSecond: speeds, multiplyAddsPerText: work,
                limits: pairs.compactMap(\.1), $0)
        }
    }
}
