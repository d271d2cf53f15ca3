import OfframpFiles

/// A row that cannot be used, and what of it could be read.
public struct BadRow: Error, Sendable, Equatable {
    /// What is wrong with it.
    public let error: OfframpError
    /// Its fields under their columns' names, as far as it has any.
    public let fields: [JSON.Member]

    /// Pairs an error with what could be read.
    public init(_ error: OfframpError, fields: [JSON.Member] = []) {
        self.error = error
        self.fields = fields
    }
}

/// One row of a data file.
public struct Row: Sendable, Equatable {
    /// The line of the file at which the row begins, counted from 1.
    public let line: Int
    /// The text to classify.
    public let text: String
    /// The second text of a pair.
    public let pair: String?
    /// The label as the file has it; `nil` where there is none.
    public let label: String?
    /// All fields of the row under their columns' names, in the file's order.
    public let fields: [JSON.Member]

    /// Makes a row from its parts.
    public init(
        line: Int, text: String, pair: String? = nil, label: String? = nil,
        fields: [JSON.Member] = []
    ) {
        self.line = line
        self.text = text
        self.pair = pair
        self.label = label
        self.fields = fields
    }
}
