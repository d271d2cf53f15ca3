/// Texts a second when all are answered in batches.
struct ThroughputFigures {
    /// The mean over the rounds.
    let textsPerSecond: Interval

    /// Answers all texts `rounds` times, after one round that does not count.
    init(_ classifier: Classifier, _ texts: [(text: String, pair: String?)], rounds: Int) {
        func round() -> Double {
            let stopwatch = Stopwatch()
            _ = classifier.answers(classifier.encode(texts))
            return Double(texts.count) / stopwatch.seconds
        }
        _ = round()
        textsPerSecond = Interval(meanOf: (0..<rounds).map { _ in round() })
    }
}
