import OfframpExit

extension Metric {
    /// A figure as it is usually written: shares in percent, correlations with three decimals.
    func text(_ value: Double) -> String {
        isShare ? "\(value.percent) %" : value.text(decimals: 3)
    }

    /// The difference of two figures with its sign, in points where they are shares.
    func text(difference: Double) -> String {
        let text = self.text(difference).split(separator: " ")[0]
        return difference > 0 ? "+\(text)" : String(text)
    }
}
