import OfframpFiles

/// A measured figure and its interval.
struct MeasuredFigure {
    let key: String
    let title: String
    let interval: Interval
    let decimals: Int
    /// What the text counts in.
    var unit = 1.0

    /// Its line in the table.
    var row: [Figure] {
        let (lower, upper) = (text(interval.lower), text(interval.upper))
        return [
            .text("", title), .text("figure", Value(text: text(interval.value), json: .null)),
            .text("95 % interval", Value(text: "\(lower) to \(upper)", json: .null)),
        ]
    }

    /// What programs read, in units of 1.
    var figure: Figure {
        .json(
            key,
            [
                "value": .number(interval.value), "lower": .number(interval.lower),
                "upper": .number(interval.upper),
            ])
    }

    private func text(_ value: Double) -> String { (value / unit).text(decimals: decimals) }
}
