import Glibc

/// One axis of a plot: a range of values, ticks at round ones, and where each stands in the picture.
struct PlotAxis {
    /// From the least to the largest value shown, both ticks.
    let range: ClosedRange<Double>
    /// The values at which lines are drawn, ascending.
    let ticks: [Double]
    private let start: Double
    private let end: Double

    private static let mostTicks = 6.0
    /// In ticks.
    private static let grace = 0.02

    /// An axis that shows all values.
    ///
    /// - Parameters:
    ///   - values: at least one finite one.
    ///   - start: where the least value stands, in the picture's units.
    ///   - end: where the largest one stands.
    init(_ values: [Double], from start: Double, to end: Double) {
        let (least, largest) = (values.min() ?? 0, values.max() ?? 1)
        let step = Self.roundStep(max(largest - least, 1e-6) / Self.mostTicks)
        // A value that is hardly beyond a tick needs no other one.
        let first = (least / step + Self.grace).rounded(.down)
        let last = max((largest / step - Self.grace).rounded(.up), first + 1)
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        range = first * step...last * step
        (self.start, self.end) = (start, end)
    }

    /// Where a value stands.
    func place(_ value: Double) -> Double {
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return start + share * (end - start)
    }

    /// The least of 1, 2 and 5 times a power of ten that is no smaller.
    private static func roundStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step * (1 - 1e-9) } ?? 10 * power
    }
}
