import OfframpFiles

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
