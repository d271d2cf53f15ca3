import Offramp
import OfframpData
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

    /// What a results file says of the answer; null for the error, which is not of the answer.
    ///
    /// - Parameter cascade: what gave the answer.
    func value(of column: AddedColumn, from cascade: ClassifierCascade) -> JSON {
        switch column {
        case .label: labelValue
        case .score: scoreValue
        case .probabilities: probabilitiesValue(cascade.labels)
        case .model: .string(cascade.folders[model])
        case .exit: .number(depth)
        case .truncated: .bool(isTruncated)
        case .error: .null
        }
    }

    /// The probability of each label by its name; null in a regression.
    private func probabilitiesValue(_ names: [String]) -> JSON {
        guard value == nil else { return .null }
        return .object(zip(names, probabilities).map { JSON.Member($0, .number($1)) })
    }

    private var labelText: String {
        hasOneLabel ? label : labels.isEmpty ? "(none)" : labels.joined(separator: ", ")
    }

    /// Label and score for people to read.
    var cells: [String] {
        value.map { [$0.text(decimals: 4)] } ?? [labelText, probability.text(decimals: 4)]
    }
}
