/// What a results file says of a row beside the row's own fields.
package enum AddedColumn: String, CaseIterable, Sendable {
    /// The label, a list of several, or the number of a regression.
    case label
    /// The label's probability.
    case score
    /// The probability of each label, by its name.
    case probabilities
    /// The folder of the checkpoint that answered.
    case model
    /// How many of its layers ran.
    case exit
    /// Whether the text was cut.
    case truncated
    /// Why the row has no answer, or what of it was not written.
    case error

    /// Those that are added unless others are chosen.
    package static let usual: [AddedColumn] = [.label, .score, .exit, .truncated, .error]

    /// Those where several checkpoints answer.
    package static let usualInCascade: [AddedColumn] = [
        .label, .score, .model, .exit, .truncated, .error,
    ]
}
