import Offramp
import OfframpFiles

/// How an answer is written.
extension Classification {
    /// The label's name, or the number of a regression.
    var labelValue: JSON { value.map { .number($0) } ?? .string(label) }

    /// The probability of the label; null in a regression.
    var scoreValue: JSON { value == nil ? .number(probability) : .null }

    /// Label and score for people to read.
    var cells: [String] {
        value.map { [$0.text(decimals: 4)] } ?? [label, probability.text(decimals: 4)]
    }
}
