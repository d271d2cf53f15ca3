/// Something in a data file that spoils what is learned or measured.
package struct DataFinding: Sendable, Equatable {
    /// What it is.
    package let kind: Kind
    /// The rows, each as its file and line.
    package let places: [String]
    /// The text that they share, the label that is rare, or what is wrong with a row that cannot be read.
    package let detail: String

    /// What can be found, the worst first.
    package enum Kind: String, Sendable, CaseIterable {
        /// Rows that cannot be read.
        case unreadable
        /// The same text under different labels: one of them is wrong.
        case contradiction
        /// The same text in the rows to learn from and in those to measure on.
        case leak
        /// A text without a word.
        case empty
        /// A label that is missing where there should be one.
        case unlabelled
        /// A label of so few rows that nothing can be learned or measured of it.
        case rareLabel = "rare label"
        /// A text of more tokens than the model reads.
        case tooLong = "too long"
        /// The same text under the same label.
        case duplicate
    }
}
