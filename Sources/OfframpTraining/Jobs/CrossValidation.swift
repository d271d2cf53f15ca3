import OfframpExit

/// What the exits say of rows to learn from, by heads that were fitted without them.
struct CrossValidation {
    /// Of the rows whose labels are known.
    let trace: Trace
    /// Whether the rows are as new to the model as texts to come. Else policies may learn from them and are
    /// chosen on others.
    let isOfNewTexts: Bool

    /// Of more rows than this share others are equal, or hold them: heads fitted without such rows have still
    /// learned from their texts.
    static let mostNested = 0.05

    var ofNewTexts: Trace? { isOfNewTexts ? trace : nil }

    var ofKnownTexts: Trace? { isOfNewTexts ? nil : trace }
}
