import OfframpFiles

/// What a model should answer for one row.
package enum Target: Sendable, Equatable {
    /// The index of a label.
    case label(Int)
    /// The indices of the labels, ascending, where a row may have any number of them.
    case labels([Int])
    /// A value, in regression.
    case value(Float)

    /// The label's index; `nil` in other tasks.
    package var label: Int? { if case .label(let index) = self { index } else { nil } }

    /// The labels' indices; `nil` in other tasks.
    package var labels: [Int]? { if case .labels(let indices) = self { indices } else { nil } }

    /// The indices of all labels, however many a row may have; none in regression.
    var allLabels: [Int] { labels ?? label.map { [$0] } ?? [] }

    /// The value; `nil` in other tasks.
    package var value: Float? { if case .value(let value) = self { value } else { nil } }
}
