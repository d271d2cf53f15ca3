import Glibc

/// A figure with its 95 % confidence interval.
struct Interval {
    let value: Double
    let lower: Double
    let upper: Double

    private static let normalQuantile = 1.96
    /// Student's t at 97.5 % for 1, 2, … degrees of freedom (any table); beyond them the normal's.
    private static let studentQuantiles = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ]

    /// The geometric mean of repeated measurements, at least two, of speeds or of times as fast: both are positive, and
    /// one slow round out of several weighs no more than a fast one.
    init(geometricMeanOf values: [Double]) {
        let count = Double(values.count)
        let logarithms = values.map { log($0) }
        let mean = logarithms.reduce(0, +) / count
        let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let freedom = values.count - 1
        let quantile =
            freedom <= Self.studentQuantiles.count
            ? Self.studentQuantiles[freedom - 1] : Self.normalQuantile
        let half = quantile * (variance / count).squareRoot()
        (value, lower, upper) = (exp(mean), exp(mean - half), exp(mean + half))
    }

    /// A quantile of sorted measurements; the interval's ends are order statistics, whose ranks are
    /// binomial.
    init(quantile: Double, ofSorted values: [Double]) {
        let count = Double(values.count)
        let half = Self.normalQuantile * (count * quantile * (1 - quantile)).squareRoot()
        func statistic(_ rank: Double) -> Double {
            values[min(max(Int(rank), 0), values.count - 1)]
        }
        value = statistic(count * quantile)
        lower = statistic(count * quantile - half)
        upper = statistic(count * quantile + half)
    }
}
