/// What a results file says of a row beside the row's own fields.
package enum AddedColumn: String, CaseIterable, Sendable {
    /// The label, a list of several, or the number of a regression.
    case label
    /// The label's probability.
    case score
    /// The probability of each label, by its name.
    case probabilities
    /// How many layers ran.
    case exit
    /// Whether the text was cut.
    case truncated
    /// Why the row has no answer, or what of it was not written.
    case error

    /// Those that are added unless others are chosen.
    package static let usual: [AddedColumn] = [.label, .score, .exit, .truncated, .error]
}
