import Offramp
import OfframpFiles

/// How an answer is written.
extension Classification {
    /// The label's name, a list of names where a text may have several, or the number of a regression.
    var labelValue: JSON {
        if let value { return .number(value) }
        return hasOneLabel ? .string(label) : .array(labels.map { .string($0) })
    }

    /// The probability of the label; null in a regression.
    var scoreValue: JSON { value == nil ? .number(probability) : .null }

    private var labelText: String {
        hasOneLabel ? label : labels.isEmpty ? "(none)" : labels.joined(separator: ", ")
    }

    /// Label and score for people to read.
    var cells: [String] {
        value.map { [$0.text(decimals: 4)] } ?? [labelText, probability.text(decimals: 4)]
    }
}
