import Offramp

/// Milliseconds from one text to its answer.
struct LatencyFigures {
    /// The median.
    let p50: Interval
    /// The time that 95 of 100 texts do not exceed.
    let p95: Interval
    /// The time that 99 of 100 texts do not exceed.
    let p99: Interval

    private static let warmUp = 100

    /// Answers the texts one after the other, after some that do not count.
    init(_ classifier: Classifier, _ texts: [TextInput]) throws {
        func milliseconds(_ text: TextInput) throws -> Double {
            let stopwatch = Stopwatch()
            _ = try classifier.classify([text])
            return stopwatch.seconds * 1000
        }
        for text in texts.prefix(Self.warmUp) { _ = try milliseconds(text) }
        let sorted = try texts.map(milliseconds).sorted()
        p50 = Interval(quantile: 0.5, ofSorted: sorted)
        p95 = Interval(quantile: 0.95, ofSorted: sorted)
        p99 = Interval(quantile: 0.99, ofSorted: sorted)
    }
}
