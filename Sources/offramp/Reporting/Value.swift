import OfframpExit
import OfframpFiles

/// A value as people and as programs read it.
struct Value {
    let text: String
    let json: JSON
    var alignment = TextTable.Alignment.right

    /// An empty cell among numbers.
    static let blank = Value(text: "", json: .null)

    /// A number of things.
    static func count(_ count: Int) -> Value { Value(text: count.grouped, json: .number(count)) }

    /// A depth in layers.
    static func depth(_ depth: Int) -> Value { Value(text: "\(depth)", json: .number(depth)) }

    /// A number with a fixed count of decimals in the text.
    static func number(_ number: Double, decimals: Int) -> Value {
        Value(text: number.text(decimals: decimals), json: .number(number))
    }

    /// A share from 0 to 1, in percent in the text.
    static func share(_ share: Double, unit: String = "%") -> Value {
        Value(text: share.percent + (unit.isEmpty ? "" : " " + unit), json: .number(share))
    }

    /// What a metric found.
    static func metric(_ metric: Metric, _ value: Double) -> Value {
        Value(text: metric.text(value), json: .number(value))
    }

    /// The difference of two figures of a metric.
    static func difference(_ metric: Metric, _ value: Double) -> Value {
        Value(text: metric.text(difference: value), json: .number(value))
    }

    /// How far a figure of a metric is below another one: people read a difference, below 0.
    static func drop(_ metric: Metric, _ value: Double) -> Value {
        Value(text: metric.text(difference: -value), json: .number(value))
    }

    /// A word.
    static func name(_ name: String) -> Value {
        Value(text: name, json: .string(name), alignment: .left)
    }

    /// Words in a row.
    static func names(_ names: [String], separator: String = ", ") -> Value {
        Value(
            text: names.joined(separator: separator), json: .array(names.map { .string($0) }),
            alignment: .left)
    }
}
