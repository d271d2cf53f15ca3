import Offramp

/// Milliseconds that texts take, each alone.
struct LatencyFigures {
    /// The median.
    let p50: Interval
    /// The time that 95 of 100 texts do not exceed.
    let p95: Interval
    /// The time that 99 of 100 texts do not exceed.
    let p99: Interval

    private static let warmUp = 100

    /// Answers the texts one after the other, after some that do not count.
    ///
    /// - Parameter figure: what is looked at of the milliseconds of a text.
    init(
        _ texts: [TextInput], answer: (TextInput) throws -> Void,
        figure: (Double) -> Double = { $0 }
    ) rethrows {
        func milliseconds(_ text: TextInput) throws -> Double {
            let stopwatch = Stopwatch()
            try answer(text)
            return stopwatch.seconds * 1000
        }
        for text in texts.prefix(Self.warmUp) { _ = try milliseconds(text) }
        let sorted = try texts.map { figure(try milliseconds($0)) }.sorted()
        p50 = Interval(quantile: 0.5, ofSorted: sorted)
        p95 = Interval(quantile: 0.95, ofSorted: sorted)
        p99 = Interval(quantile: 0.99, ofSorted: sorted)
    }
}

extension LatencyFigures {
    /// The quantiles as figures.
    ///
    /// - Parameter title: what takes so long, in milliseconds.
    func figures(_ title: String) -> [MeasuredFigure] {
        [("p50", "median", p50), ("p95", "95 of 100", p95), ("p99", "99 of 100", p99)]
            .map { key, share, interval in
                MeasuredFigure(
                    key: key, title: "\(title), \(share)", interval: interval, decimals: 2)
            }
    }
}
